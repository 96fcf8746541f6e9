package io.tribescope.agent.tomcat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.ha.session.DeltaManager;
import org.apache.catalina.ha.session.DeltaSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On Tomcat's own manager and sessions, without a cluster. */
class DeltaSessionsTest {
  private final DeltaManager manager = new DeltaManager();

  @BeforeEach
  void deploy() {
    StandardHost host = new StandardHost();
    host.setName("shop.example");
    StandardContext context = new StandardContext();
    context.setParent(host);
    manager.setContext(context);
  }

  private DeltaSession add(String id, boolean primary) {
    DeltaSession session = new DeltaSession(manager);
    session.setValid(true);
    session.setId(id, false);
    session.setPrimarySession(primary);
    session.resetDeltaRequest();
    return session;
  }

  @Test
  void withoutSessionsThereAreNone() throws Exception {
    DeltaSessions sessions = DeltaSessions.read(manager, id -> false);
    assertThat(sessions.primary()).isZero();
    assertThat(sessions.backup()).isZero();
    assertThat(sessions.unsent()).isZero();
  }

  @Test
  void ownSessionsAndReplicasAreToldApart() throws Exception {
    add("A", true);
    add("B", true);
    add("C", false);
    DeltaSessions sessions = DeltaSessions.read(manager, id -> false);
    assertThat(sessions.primary()).isEqualTo(2);
    assertThat(sessions.backup()).isEqualTo(1);
    assertThat(sessions.unsent()).isZero();
  }

  @Test
  void whatNoRequestHasSentIsCountedOnceAndOfOwnSessionsOnly() throws Exception {
    add("A", true).setAttribute("cart", "full", false, true);
    add("B", true).setAttribute("cart", "full", false, true);
    add("C", false).setAttribute("cart", "full", false, true);
    add("D", true);
    List<String> asked = new ArrayList<>();
    DeltaSessions sessions =
        DeltaSessions.read(
            manager,
            id -> {
              asked.add(id);
              return id.equals("B");
            });
    assertThat(sessions.unsent()).isEqualTo(1);
    assertThat(asked).containsExactlyInAnyOrder("A", "B");
  }

  /** isValid() would end it, findSession() would touch it. */
  @Test
  void readingChangesNoSession() throws Exception {
    DeltaSession lapsed = add("A", true);
    lapsed.setMaxInactiveInterval(1);
    lapsed.setCreationTime(1_000);
    lapsed.resetDeltaRequest();
    long accessed = lapsed.getThisAccessedTimeInternal();
    DeltaSessions.read(manager, id -> false);
    assertThat(manager.getActiveSessions()).isEqualTo(1);
    assertThat(lapsed.getThisAccessedTimeInternal()).isEqualTo(accessed);
    assertThat(lapsed.isDirty()).isFalse();
  }

  @Test
  void anotherKindOfManagerIsRefused() {
    assertThatThrownBy(() -> DeltaSessions.read(new Object(), id -> false))
        .isInstanceOf(ReflectiveOperationException.class);
  }

  @Test
  void aContextIsNamedByItsHostAndPath() {
    assertThat(DeltaSessions.context("localhost#/app", manager)).isEqualTo("localhost/app");
    assertThat(DeltaSessions.context("localhost#", manager)).isEqualTo("localhost");
    assertThat(DeltaSessions.context("/app", manager)).isEqualTo("shop.example/app");
    assertThat(DeltaSessions.context("/app", new Object())).isEqualTo("/app");
  }
}
