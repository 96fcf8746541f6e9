package io.tribescope.agent.hooks.tribes;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import io.tribescope.agent.bridge.Bridge;
import io.tribescope.agent.bridge.Notes;
import io.tribescope.agent.hooks.weaving.Hook;
import java.util.Collections;
import java.util.List;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/**
 * Where the receiver takes a worker from its pool. An Error while a message is applied keeps the
 * worker for ever; with the last one the receiver blocks here, while membership looks well.
 */
public final class ReceiverHooks {
  private ReceiverHooks() {}

  public static List<Hook> all() {
    return Collections.singletonList(
        new Hook(
            "receiver-worker",
            "org.apache.catalina.tribes.transport.RxTaskPool",
            named("getRxTask").and(takesArguments(0)),
            "tribes.ReceiverHooks$ReceiverWorker"));
  }

  static final class ReceiverWorker {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static @Nullable Notes enter() {
      return Bridge.receivers().receiverWaiting();
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter @Nullable Notes begun) {
      Bridge.receivers().receiverServed(begun);
    }
  }
}
