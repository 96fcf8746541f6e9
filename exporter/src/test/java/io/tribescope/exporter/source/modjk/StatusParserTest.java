package io.tribescope.exporter.source.modjk;

import static org.assertj.core.api.Assertions.assertThat;

import io.tribescope.exporter.Captures;
import io.tribescope.exporter.model.Activation;
import io.tribescope.exporter.model.Balancer;
import io.tribescope.exporter.model.Mapping;
import io.tribescope.exporter.model.Member;
import io.tribescope.exporter.model.ModJkStatus;
import io.tribescope.exporter.model.StandaloneWorker;
import io.tribescope.exporter.model.Worker;
import io.tribescope.exporter.model.WorkerState;
import io.tribescope.exporter.verdict.Availability;
import io.tribescope.exporter.verdict.DistinctWorkers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is read from statuses that are whole. */
class StatusParserTest {

  @Test
  void readsEveryFigure() throws Exception {
    ModJkStatus status = parse("03-one-worker-down.xml");

    assertThat(status.version()).isEqualTo("mod_jk/1.2.48");
    assertThat(status.webServer()).isEqualTo("Apache/2.4.71 (Debian) mod_jk/1.2.48");
    assertThat(status.balancers()).extracting(Balancer::name).containsExactly("cluster", "legacy");
    Balancer cluster = status.balancers().get(0);
    assertThat(cluster)
        .usingRecursiveComparison()
        .ignoringFields("members", "mappings")
        .isEqualTo(
            new Balancer(
                "cluster",
                "Sessions",
                "Optimistic",
                true,
                false,
                0L,
                1L,
                30L,
                12L,
                1795328100L,
                List.of(),
                List.of()));
    assertThat(cluster.members()).hasSize(4);
    assertThat(cluster.members().get(1))
        .isEqualTo(
            new Member(
                new Worker(
                    "node2",
                    "ajp13",
                    "127.0.0.1:28102",
                    10L,
                    0L,
                    1893L,
                    734L,
                    0L,
                    1L,
                    2L,
                    3L,
                    0L,
                    0L),
                WorkerState.ERROR,
                Activation.ACTIVE,
                "node2",
                "",
                "east",
                2L,
                3L,
                0L,
                1L,
                9L,
                40L,
                1795328154L));
    assertThat(cluster.mappings())
        .containsExactly(
            new Mapping("jklab.example", "/app/*", "Wildchar"),
            new Mapping("jklab.example [127.0.0.1:28080]", "/app/*", "Wildchar"),
            new Mapping("jklab.example [127.0.0.1:28080]", "/vh/*", "Wildchar"));
  }

  @Test
  void readsWorkersWithoutBalancer() throws Exception {
    assertThat(parse("04-busy-limit.xml").standaloneWorkers())
        .containsExactly(
            new StandaloneWorker(
                new Worker(
                    "standalone",
                    "ajp13",
                    "127.0.0.1:28101",
                    10L,
                    0L,
                    832L,
                    312L,
                    4L,
                    4L,
                    5L,
                    5L,
                    4L,
                    0L),
                2L,
                1795328155L,
                List.of(
                    new Mapping("jklab.example", "/solo/*", "Wildchar"),
                    new Mapping("jklab.example [127.0.0.1:28080]", "/solo/*", "Wildchar"))));
  }

  @Test
  void mappingsStayWithTheirOwner() throws Exception {
    ModJkStatus status = parse("02-ok-traffic-disabled-stopped-shared-node1.xml");

    assertThat(status.balancers().get(1).mappings())
        .containsExactly(
            new Mapping("jklab.example", "/legacy/*", "Wildchar"),
            new Mapping("jklab.example [127.0.0.1:28080]", "/legacy/*", "Wildchar"));
    assertThat(status.standaloneWorkers().get(0).mappings()).hasSize(2);
  }

  @Test
  void readsActivation() throws Exception {
    assertThat(
            parse("02-ok-traffic-disabled-stopped-shared-node1.xml").balancers().get(0).members())
        .extracting(Member::activation)
        .containsExactly(
            Activation.ACTIVE, Activation.ACTIVE, Activation.DISABLED, Activation.STOPPED);
  }

  /** Available, degraded, unavailable; mod_jk itself says for 08 and 09 that legacy is all good. */
  @ParameterizedTest
  @CsvSource({
    "01-fresh-start.xml, 2 1 1, 2 0 0",
    "02-ok-traffic-disabled-stopped-shared-node1.xml, 2 1 1, 1 0 1",
    "03-one-worker-down.xml, 1 1 2, 1 0 1",
    "08-recovering.xml, 1 1 2, 1 0 1",
    "09-probing.xml, 1 1 2, 1 0 1",
    "10-all-down.xml, 0 1 3, 0 0 2",
    "12-recovered.xml, 2 1 1, 2 0 0",
    "13-after-graceful.xml, 2 1 1, 2 0 0",
    "14-after-hup.xml, 2 1 1, 2 0 0",
    "28-custom-ns-doctype.xml, 2 1 1, 2 0 0"
  })
  void availabilityIsReckonedFromStates(String capture, String cluster, String legacy)
      throws Exception {
    assertThat(parse(capture).balancers())
        .extracting(StatusParserTest::availability)
        .containsExactly(cluster, legacy);
  }

  @ParameterizedTest
  @CsvSource({
    "08-recovering.xml, RECOVERING",
    "09-probing.xml, PROBING",
    "10-all-down.xml, ERROR",
    "12-recovered.xml, OK"
  })
  void readsStatesOfATrial(String capture, WorkerState state) throws Exception {
    assertThat(parse(capture).balancers().get(1).members().get(1).state()).isEqualTo(state);
  }

  @Test
  void sharedWorkerIsOneWorkerWithAStatePerBalancer() throws Exception {
    ModJkStatus status = parse("03-one-worker-down.xml");

    assertThat(status.balancers().get(0).members().get(0).state()).isEqualTo(WorkerState.OK);
    assertThat(status.balancers().get(1).members().get(0).state()).isEqualTo(WorkerState.IDLE);
    assertThat(DistinctWorkers.of(status))
        .extracting(Worker::name, Worker::requests)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("node1", 22L),
            org.assertj.core.groups.Tuple.tuple("node2", 10L),
            org.assertj.core.groups.Tuple.tuple("node3", 1L),
            org.assertj.core.groups.Tuple.tuple("node4", 0L),
            org.assertj.core.groups.Tuple.tuple("node9", 1L),
            org.assertj.core.groups.Tuple.tuple("standalone", 4L));
  }

  @Test
  void replyTimeoutsGoDownAgain() throws Exception {
    assertThat(parse("06-reply-timeouts.xml").balancers().get(0).members().get(0).worker())
        .extracting(Worker::replyTimeouts, Worker::maxConnections)
        .containsExactly(2L, 7L);
    assertThat(
            parse("08-recovering.xml").balancers().get(0).members().get(0).worker().replyTimeouts())
        .isZero();
  }

  @Test
  void connectionsSurviveAResetThatZeroesTheirMaximum() throws Exception {
    assertThat(parse("15-after-cmd-reset.xml").balancers().get(0).members().get(0).worker())
        .extracting(Worker::connections, Worker::maxConnections, Worker::requests)
        .containsExactly(2L, 0L, 0L);
  }

  @Test
  void withoutMappingsThereAreNone() throws Exception {
    ModJkStatus status = parse("25-opt2-no-maps.xml");

    assertThat(status.balancers()).allMatch(balancer -> balancer.mappings().isEmpty());
    assertThat(status.standaloneWorkers()).allMatch(worker -> worker.mappings().isEmpty());
  }

  @Test
  void namespaceMayBeMissingOrUnbound() throws Exception {
    ModJkStatus without = parse("28-custom-ns-doctype.xml");
    String unbound =
        Captures.text("01-fresh-start.xml")
            .replace("<jk:", "<x:")
            .replace("</jk:", "</x:")
            .replace("xmlns:jk=", "xmlns:other=");

    assertThat(without.balancers().get(0).members().get(1).worker().requests()).isEqualTo(4L);
    assertThat(parseText(unbound)).isEqualTo(parse("01-fresh-start.xml"));
  }

  @Test
  void everyAttributeButTheNameIsOptional() throws Exception {
    ModJkStatus status =
        parseText(
            """
            <status><balancers><balancer name="b"><member name="w"/></balancer></balancers>
            <ajp_workers><ajp name="a"/><ajp name="a2"/></ajp_workers><result type="OK"/></status>
            """);

    assertThat(status.version()).isNull();
    assertThat(status.balancers().get(0))
        .isEqualTo(
            new Balancer(
                "b",
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                List.of(
                    new Member(
                        nothingKnownOf("w"),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null)),
                List.of()));
    assertThat(status.standaloneWorkers())
        .containsExactly(
            new StandaloneWorker(nothingKnownOf("a"), null, null, List.of()),
            new StandaloneWorker(nothingKnownOf("a2"), null, null, List.of()));
  }

  @Test
  void whatIsNotUnderstoodIsUnknown() throws Exception {
    Member member =
        parseText(
                """
                <status><balancers><balancer name="b"><member name="w" host="h" port="8009"
                state="OK/NEW" activation="???" elected="-5" errors="4 294" busy="-1"
                read="99999999999999999999" error_time_unix_seconds="0"/></balancer></balancers>
                <result type="OK"/></status>
                """)
            .balancers()
            .get(0)
            .members()
            .get(0);

    assertThat(member.state()).isNull();
    assertThat(member.activation()).isNull();
    assertThat(member.errors()).isNull();
    assertThat(member.lastErrorSeconds()).isNull();
    assertThat(member.worker().requests()).isNull();
    assertThat(member.worker().receivedBytes()).isNull();
    assertThat(member.worker().busy()).isEqualTo(-1L);
    assertThat(member.worker().address()).isEqualTo("h:8009");
  }

  @Test
  void readsTheSchemaOfTheOldestVersionSupported() throws Exception {
    Member member =
        parseText(
                """
                <jk:status xmlns:jk="http://tomcat.apache.org"><jk:server name="h" port="80"/>
                <jk:software web_server="Apache/2.0.59" jk_version="mod_jk/1.2.20"/>
                <jk:balancers count="1"><jk:balancer name="b"><jk:member name="w" state="N/A"
                activation="ACT" time_to_recover="17"/></jk:balancer></jk:balancers>
                <jk:result type="OK" message="Action finished"/></jk:status>
                """)
            .balancers()
            .get(0)
            .members()
            .get(0);

    assertThat(member.state()).isEqualTo(WorkerState.IDLE);
    assertThat(member.recoverSeconds()).isEqualTo(17L);
    assertThat(member.lastErrorSeconds()).isNull();
  }

  /** Until 1.2.42 mod_jk counted them wrongly; a wrong figure is worse than none. */
  @Test
  void bytesOfWorkersWithoutBalancerAreLeftOutWhereTheyAreWrong() throws Exception {
    String text = Captures.text("04-busy-limit.xml");

    assertThat(bytesOfStandalone(text.replace("mod_jk/1.2.48", "mod_jk/1.2.41")))
        .containsExactly(null, null);
    assertThat(bytesOfStandalone(text.replace("mod_jk/1.2.48", "mod_jk/1.2.42")))
        .containsExactly(832L, 312L);
  }

  @Test
  void aByteThatIsNoUtf8CostsOneLetterOnly() throws Exception {
    String text = Captures.text("01-fresh-start.xml").replace("+0000", "MEZ-\u00e9t\u00e9");

    assertThat(StatusParser.parse(text.getBytes(StandardCharsets.ISO_8859_1)))
        .isEqualTo(parse("01-fresh-start.xml"));
  }

  @Test
  void readsAThousandMembers() throws Exception {
    String member =
        Captures.text("01-fresh-start.xml")
            .substring(
                Captures.text("01-fresh-start.xml").indexOf("<jk:member"),
                Captures.text("01-fresh-start.xml").indexOf("/>", 1500) + 2);
    String members =
        IntStream.rangeClosed(1, 1000)
            .mapToObj(i -> member.replace("name=\"node1\"", "name=\"node" + i + "\""))
            .collect(Collectors.joining());

    ModJkStatus status =
        parseText(
            "<s:status><s:balancers><s:balancer name=\"b\">"
                + members.replace("jk:", "s:")
                + "</s:balancer></s:balancers><s:result type=\"OK\"/></s:status>");

    assertThat(status.balancers().get(0).members()).hasSize(1000);
    assertThat(DistinctWorkers.of(status)).hasSize(1000);
    assertThat(Availability.count(status.balancers().get(0)))
        .containsEntry(Availability.AVAILABLE, 1000);
  }

  private static List<Long> bytesOfStandalone(String text) throws Exception {
    Worker worker = parseText(text).standaloneWorkers().get(0).worker();
    return java.util.Arrays.asList(worker.sentBytes(), worker.receivedBytes());
  }

  private static String availability(Balancer balancer) {
    return Availability.count(balancer).entrySet().stream()
        .filter(entry -> entry.getKey() != Availability.UNKNOWN)
        .map(entry -> String.valueOf(entry.getValue()))
        .collect(Collectors.joining(" "));
  }

  private static Worker nothingKnownOf(String name) {
    return new Worker(name, null, null, null, null, null, null, null, null, null, null, null, null);
  }

  private static ModJkStatus parse(String capture) throws Exception {
    return StatusParser.parse(Captures.bytes(capture));
  }

  private static ModJkStatus parseText(String text) throws Exception {
    return StatusParser.parse(text.getBytes(StandardCharsets.UTF_8));
  }
}
