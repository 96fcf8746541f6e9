package io.tribescope.agent.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.tribescope.agent.bridge.Bridge;
import io.tribescope.agent.bridge.Notes;
import io.tribescope.agent.bridge.ReceiverEvents;
import io.tribescope.agent.hooks.tribes.MembershipHooks;
import io.tribescope.agent.hooks.tribes.ReceiverHooks;
import io.tribescope.agent.hooks.weaving.Hook;
import io.tribescope.agent.hooks.weaving.HookStatus;
import io.tribescope.agent.hooks.weaving.HookStatus.Outcome;
import io.tribescope.agent.hooks.weaving.HookTransformer;
import java.lang.reflect.Method;
import java.util.List;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.ClassFileVersion;
import net.bytebuddy.description.modifier.Visibility;
import net.bytebuddy.implementation.FixedValue;
import org.apache.catalina.tribes.Member;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of what is thrown in woven code. */
class FailureHandlerTest {
  private static final String RECEIVER_POOL = "org.apache.catalina.tribes.transport.RxTaskPool";
  private static final String GROUP_CHANNEL = "org.apache.catalina.tribes.group.GroupChannel";

  private final HookStatus status = new HookStatus();

  @AfterEach
  void disconnect() {
    Bridge.connect(ReceiverEvents.NONE);
  }

  private AdvisedLoader loader(List<Hook> hooks) {
    return new AdvisedLoader(new HookTransformer(hooks, status));
  }

  /** A class of that version whose method says "task", with the hook that waits for a worker. */
  private AdvisedLoader pool(int version) {
    byte[] code =
        new ByteBuddy(ClassFileVersion.ofMinorMajor(version))
            .subclass(Object.class)
            .name(RECEIVER_POOL)
            .defineMethod("getRxTask", String.class, Visibility.PUBLIC)
            .intercept(FixedValue.value("task"))
            .make()
            .getBytes();
    return loader(ReceiverHooks.all()).own(RECEIVER_POOL, code);
  }

  private static Object ask(AdvisedLoader loader) throws ReflectiveOperationException {
    Class<?> pool = Class.forName(RECEIVER_POOL, true, loader);
    Object task = pool.getMethod("getRxTask").invoke(pool.getDeclaredConstructor().newInstance());
    return String.valueOf(task);
  }

  @Test
  void whatTheAdviceItselfThrowsIsCountedForItsHookAndTomcatGoesOn() throws Exception {
    AdvisedLoader loader = loader(MembershipHooks.all()).own(GROUP_CHANNEL);
    Class<?> type = Class.forName(GROUP_CHANNEL, true, loader);
    Method memberAdded = type.getMethod("memberAdded", Member.class);
    long before = Bridge.failures("member-added");
    memberAdded.invoke(type.getDeclaredConstructor().newInstance(), (Object) null);
    assertThat(Bridge.failures("member-added")).isEqualTo(before + 1);
    assertThat(Bridge.firstFailure("member-added")).startsWith("java.lang.NullPointerException");
    assertThat(status.outcomes()).containsEntry("member-added", Outcome.APPLIED);
  }

  @ParameterizedTest
  @ValueSource(ints = {49, 50, 51, 52, 55, 61})
  void whatTheRecordingThrowsIsCountedForItsHookAndTomcatGoesOn(int version) throws Exception {
    boolean[] endedWithNotes = {true};
    Bridge.connect(
        new ReceiverEvents() {
          @Override
          public Notes receiverWaiting() {
            throw new StackOverflowError();
          }

          @Override
          public void receiverServed(@Nullable Notes begun) {
            endedWithNotes[0] = begun != null;
            throw new IllegalStateException();
          }
        });
    long before = Bridge.failures("receiver-worker");
    assertThat(ask(pool(version))).isEqualTo("task");
    assertThat(Bridge.failures("receiver-worker")).isEqualTo(before + 2);
    assertThat(endedWithNotes[0]).isFalse();
  }

  /** As where an application's loader links nothing any more. */
  @ParameterizedTest
  @ValueSource(ints = {49, 50, 51, 52, 55, 61})
  void aHandlerThatCannotBeLinkedThrowsNothingEither(int version) throws Exception {
    AdvisedLoader loader = pool(version);
    byte[] advised = loader.advised(RECEIVER_POOL);
    AdvisedLoader unlinked =
        loader(ReceiverHooks.all())
            .asItIs(RECEIVER_POOL, advised)
            .refusing("io.tribescope.agent.bridge.");
    assertThat(ask(unlinked)).isEqualTo("task");
  }

  @Test
  void anApplicationThatWasStoppedBeforeItsFirstEventIsStillObserved() throws Exception {
    int[] waits = {0};
    Bridge.connect(
        new ReceiverEvents() {
          @Override
          public @Nullable Notes receiverWaiting() {
            waits[0]++;
            return null;
          }
        });
    AdvisedLoader loader = pool(52);
    Class<?> pool = Class.forName(RECEIVER_POOL, true, loader);
    Object instance = pool.getDeclaredConstructor().newInstance();
    Method getRxTask = pool.getMethod("getRxTask");
    loader.stop();
    assertThat(getRxTask.invoke(instance)).isEqualTo("task");
    assertThat(waits[0]).isEqualTo(1);
  }
}
