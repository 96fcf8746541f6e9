package io.tribescope.exporter.source.modjk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusUrlTest {

  @Test
  void asksOnlyForAListing() {
    StatusUrl url = StatusUrl.parse("http://127.0.0.1:8888/jkstatus");

    assertThat(url.request(true)).isEqualTo(URI.create("http://127.0.0.1:8888/jkstatus?mime=xml"));
    assertThat(url.request(false))
        .isEqualTo(URI.create("http://127.0.0.1:8888/jkstatus?mime=xml&opt=2"));
  }

  @Test
  void takesCredentialsOutOfTheUrl() {
    StatusUrl url = StatusUrl.parse("HTTPS://jo:p%40ss:w@lb.example/jkstatus");

    assertThat(url.uri()).isEqualTo(URI.create("https://lb.example/jkstatus"));
    assertThat(url.credentials()).isEqualTo(new Credentials("jo", "p@ss:w"));
    assertThat(url.toString()).doesNotContain("p@ss").doesNotContain("p%40ss");
  }

  @Test
  void passwordsMayHoldWhateverIsEncoded() {
    StatusUrl url = StatusUrl.parse("http://jo:a%40b%3Ac%2Fd%3Fe%23f@lb.example/jkstatus");

    assertThat(url.uri()).isEqualTo(URI.create("http://lb.example/jkstatus"));
    assertThat(url.credentials()).isEqualTo(new Credentials("jo", "a@b:c/d?e#f"));
  }

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1/s, false",
    "http://127.8.9.1/s, false",
    "http://localhost:80/s, false",
    "http://[::1]:80/s, false",
    "https://lb.example/s, false",
    "http://lb.example/s, true",
    "http://10.0.0.1/s, true",
    "http://127.evil.example/s, true",
    "http://localhost.example/s, true"
  })
  void plainHttpToAnotherHostIsOpen(String url, boolean open) {
    assertThat(StatusUrl.parse(url).isOpenToTheNetwork()).isEqualTo(open);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "jkstatus | must begin with http:// or https://",
        "ftp://u:secret@host/x | must begin with http:// or https://",
        "http:///jkstatus | names no host",
        "http:/jkstatus | names no host",
        "http://u:secret@host/x?cmd=reset | leave out what follows ?",
        "http://u:secret@host/x#a | leave out what follows ?",
        "http://host:99999/x | port must be 1 to 65535",
        "http://u:secret@ho st/x | not a URL",
        "http://my_host/x | for one with an underscore use its IP address",
        "http://u:sec@ret@host/x | write @ as %40",
        "http://u:sec/ret@host/x | / as %2F",
        "http://u:12/secret@host/x | / as %2F",
        "http://u:sec?ret@host/x | ? as %3F",
        "http://u:sec#ret@host/x | # as %23",
        "http://host:port/x | the URL's host or port is not understood",
        "http://secret@host/x | expected one line \"user:password\""
      })
  void refusesWithoutQuotingTheUrl(String url, String message) {
    assertThatThrownBy(() -> StatusUrl.parse(url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message)
        .hasMessageNotContaining("sec");
  }

  @Test
  void credentialsAreNotPrinted() {
    assertThat(new Credentials("jo", "secret")).hasToString("Credentials[hidden]");
    // "jo:secret" in Base64.
    assertThat(new Credentials("jo", "secret").header()).isEqualTo("Basic am86c2VjcmV0");
  }
}
