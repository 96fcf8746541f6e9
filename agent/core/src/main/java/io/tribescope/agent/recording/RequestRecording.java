package io.tribescope.agent.recording;

import io.tribescope.agent.bridge.Notes;
import io.tribescope.agent.bridge.RequestEvents;
import io.tribescope.agent.recording.channels.ChannelRecord;
import io.tribescope.agent.recording.channels.Channels;
import io.tribescope.agent.recording.counters.Stripe;
import io.tribescope.agent.recording.sessions.ContextRecord;
import io.tribescope.agent.recording.sessions.RequestOutcome;
import org.jspecify.annotations.Nullable;

/** How each request with a session ended for its replication. */
final class RequestRecording implements RequestEvents {
  private final Channels channels;
  private final LocalChanges changes;

  RequestRecording(Channels channels, LocalChanges changes) {
    this.channels = channels;
    this.changes = changes;
  }

  @Override
  public Notes requestEnding() {
    HookContext hook = HookContext.current();
    hook.requestEnd.begin();
    return hook;
  }

  @Override
  public void requestCompleting(Object channel, String context) {
    ContextRecord webapp = Channels.context(channels.of(channel), context);
    if (webapp != null) {
      HookContext.current().requestEnd.asked(webapp);
    }
  }

  @Override
  public void deltaSerialized(int bytes, @Nullable Throwable failure) {
    HookContext hook = HookContext.current();
    ContextRecord webapp = hook.requestEnd.context();
    if (webapp == null) {
      return;
    }
    if (failure == null && !hook.requestEnd.isOpen()) {
      // Of a session that expires: no request has ended for that.
      webapp.deltaSerialized(hook.stripe, bytes);
    } else if (failure == null) {
      // Counted at the end: an atomic instruction right here would wait for all that was just
      // written to new memory (docs/decisions/0006).
      hook.requestEnd.deltaMade(bytes);
    } else {
      webapp.serializationFailed(failure);
      hook.requestEnd.serializationFailed();
    }
  }

  @Override
  public void requestEnded(@Nullable Notes begun) {
    HookContext hook = HookContext.of(begun);
    ContextRecord webapp = hook.requestEnd.context();
    RequestOutcome outcome = begun == null ? null : hook.requestEnd.end();
    if (webapp != null && outcome != null) {
      webapp.request(hook.stripe, outcome);
      if (hook.requestEnd.deltaBytes() >= 0) {
        webapp.deltaSerialized(hook.stripe, hook.requestEnd.deltaBytes());
      }
    }
    hook.requestEnd.clear();
  }

  @Override
  public void requestUnsent(Object channel, String context, String id, boolean changed) {
    ChannelRecord record = channels.of(channel);
    ContextRecord webapp = Channels.context(record, context);
    if (record != null && webapp != null) {
      webapp.request(Stripe.current(), RequestOutcome.NO_MEMBERS);
      if (changed) {
        changes.forNobody(record, webapp, webapp.keyOf(id));
      }
    }
  }
}
