package io.tribescope.exporter.source.modjk;

import static io.tribescope.exporter.model.FailureReason.DENIED;
import static io.tribescope.exporter.model.FailureReason.PARSE;
import static io.tribescope.exporter.model.FailureReason.TRUNCATED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tribescope.exporter.Captures;
import io.tribescope.exporter.model.FailureReason;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that are no status, or not a whole one, or an attack; none may keep the parser busy. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StatusParserRefusalTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "24-cmd-show-unknown.xml | DENIED | mod_jk refused",
        "30-invalid-ampersand.xml | PARSE | line 106, column 20",
        "40a-balancer-manager-xml1-no-referer-is-html.html | PARSE | the answer is HTML",
        "40b-balancer-manager-referer.xml | PARSE | no mod_jk status",
        "26-mime-prop.txt | PARSE | the answer is not XML"
      })
  void saysWhatIsWrong(String capture, FailureReason reason, String detail) {
    UnreadableStatusException refusal = refusal(Captures.text(capture));

    assertThat(refusal.reason()).isEqualTo(reason);
    assertThat(refusal.detail()).contains(detail).doesNotContain("\n");
  }

  /** The capture has the HTTP headers in front. */
  @Test
  void denialInsideStatus200() {
    String capture = Captures.text("29-user-denied.xml");

    assertThat(refusal(capture.substring(capture.indexOf("<?xml"))).reason()).isEqualTo(DENIED);
  }

  /** As far as the parser gets depends on how the page is written; what it is does not. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!DOCTYPE html><html><body>It works!</body></html>",
        "<!doctype html>\n<html><body>It works!</body></html>",
        "<!Doctype HTML><HTML><p>It works!",
        "<!DOCTYPE HTML PUBLIC \"-//IETF//DTD HTML 2.0//EN\">\n<html><head><title>x</title>",
        "<html",
        "<html lang=en><br>",
        "<HTML><BR></HTML>",
        "\n <!-- a proxy's page --><!doctype html><p>It works!",
        "<?xml version='1.0'?><!DOCTYPE html><html><body>&nbsp;</body></html>"
      })
  void htmlIsNotATruncatedStatus(String page) {
    UnreadableStatusException refusal = refusal(page);

    assertThat(refusal.reason()).isEqualTo(PARSE);
    assertThat(refusal.detail())
        .isEqualTo("the answer is HTML; is this the URL of a mod_jk status worker?");
  }

  @ParameterizedTest
  @ValueSource(strings = {"<other/", "<statuses><a", "<!ELEMENT x>", "<a b=", "<x:other a"})
  void whatDoesNotBeginAsAStatusIsNotTruncated(String text) {
    assertThat(refusal(text).reason()).isEqualTo(PARSE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "02-ok-traffic-disabled-stopped-shared-node1.xml",
        "25-opt2-no-maps.xml",
        "28-custom-ns-doctype.xml"
      })
  void everyBeginningOfAStatusIsTruncated(String capture) {
    String whole = Captures.text(capture).strip();

    for (int length = 0; length < whole.length(); length += length < 300 ? 1 : 13) {
      assertThat(refusal(whole.substring(0, length)).reason())
          .as("the first %d characters", length)
          .isEqualTo(TRUNCATED);
    }
  }

  @Test
  void aStatusWithoutResultIsTruncated() {
    String capture = Captures.text("01-fresh-start.xml");
    int result = capture.indexOf("<jk:result");
    String without = capture.substring(0, result) + "</jk:status>";

    assertThat(refusal(without).reason()).isEqualTo(TRUNCATED);
  }

  @Test
  void olderSchemaIsNamed() {
    UnreadableStatusException refusal =
        refusal(
            """
            <jk:status xmlns:jk="http://tomcat.apache.org">
            <jk:server name="h" port="80" software="Apache/2.0.59" version="1.2.19"/>
            <jk:balancers><jk:balancer id="0" name="b"/></jk:balancers></jk:status>
            """);

    assertThat(refusal.reason()).isEqualTo(PARSE);
    assertThat(refusal.detail()).contains("older than 1.2.20").contains("upgrade mod_jk");
  }

  @Test
  void namelessMemberIsNotUnderstood() {
    assertThat(
            refusal(
                    "<status><balancers><balancer name='b'><member state='OK'/></balancer>"
                        + "</balancers><result type='OK'/></status>")
                .reason())
        .isEqualTo(PARSE);
  }

  @Test
  void entitiesAreNotExpanded() {
    StringBuilder bomb = new StringBuilder("<!DOCTYPE status [<!ENTITY a0 \"aaaaaaaaaa\">");
    for (int i = 1; i < 12; i++) {
      bomb.append("<!ENTITY a%d \"%s\">".formatted(i, ("&a" + (i - 1) + ";").repeat(10)));
    }
    bomb.append("]><status><software jk_version=\"&a11;\"/><result type=\"OK\"/></status>");

    assertThat(refusal(bomb.toString()).reason()).isEqualTo(PARSE);
  }

  @Test
  void nothingIsLoaded() throws Exception {
    try (ServerSocket bait = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      bait.setSoTimeout(300);
      String url = "http://127.0.0.1:%d/x".formatted(bait.getLocalPort());
      String status =
          """
          <!DOCTYPE status SYSTEM "%s" [<!ENTITY %% p SYSTEM "%s"> %%p; <!ENTITY e SYSTEM "%s">]>
          <status>%s<result type="OK"/></status>
          """;

      StatusParser.parse(status.formatted(url, url, url, "").getBytes(StandardCharsets.UTF_8));
      tryToParse(status.formatted(url, url, url, "&e;"));

      Assertions.assertThatThrownBy(bait::accept).isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void manyCommentsAreNoTrouble() {
    assertThat(refusal("<!-- -->\n".repeat(1_000_000) + "<other/").reason()).isEqualTo(PARSE);
  }

  @Test
  void depthIsBounded() {
    assertThat(refusal("<status>" + "<a>".repeat(100_000) + "status>").detail())
        .contains("nested deeper");
  }

  /** Whatever a broken server sends, the outcome is a refusal with a reason, or a status. */
  @Test
  void damagedStatusesNeverThrowAnythingElse() {
    byte[] whole = Captures.bytes("03-one-worker-down.xml");
    Random random = new Random(20261122);
    for (int round = 0; round < 2000; round++) {
      byte[] damaged = whole.clone();
      for (int i = 0; i <= round % 5; i++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      tryToParse(new String(damaged, StandardCharsets.ISO_8859_1));
    }
  }

  private static void tryToParse(String text) {
    try {
      StatusParser.parse(text.getBytes(StandardCharsets.UTF_8));
    } catch (UnreadableStatusException e) {
      assertThat(e.detail()).isNotBlank();
    }
  }

  private static UnreadableStatusException refusal(String text) {
    return catchThrowableOfType(
        UnreadableStatusException.class,
        () -> StatusParser.parse(text.getBytes(StandardCharsets.UTF_8)));
  }
}
