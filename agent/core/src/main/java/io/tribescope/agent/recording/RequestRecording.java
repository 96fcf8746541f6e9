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
    if (failure == null) {
      webapp.deltaSerialized(hook.stripe, bytes);
      hook.requestEnd.deltaMade();
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
