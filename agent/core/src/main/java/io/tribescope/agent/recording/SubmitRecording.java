package io.tribescope.agent.recording;

import io.tribescope.agent.bridge.Notes;
import io.tribescope.agent.bridge.SubmitEvents;
import io.tribescope.agent.recording.channels.ChannelRecord;
import io.tribescope.agent.recording.channels.Channels;
import io.tribescope.agent.recording.members.MemberKey;
import io.tribescope.agent.recording.messages.MessageType;
import io.tribescope.agent.recording.messages.MessagesInFlight;
import io.tribescope.agent.recording.sessions.ContextRecord;
import io.tribescope.agent.recording.sessions.TransferPart;
import org.jspecify.annotations.Nullable;

/** What a message is, and what it does to a session, from the cluster's send to its id. */
final class SubmitRecording implements SubmitEvents {
  /** SessionMessage.EVT_GET_ALL_SESSIONS. */
  private static final int GET_ALL_SESSIONS = 4;

  private final Channels channels;
  private final MessagesInFlight inFlight;
  private final LocalChanges changes;

  SubmitRecording(Channels channels, MessagesInFlight inFlight, LocalChanges changes) {
    this.channels = channels;
    this.inFlight = inFlight;
    this.changes = changes;
  }

  @Override
  public Notes clusterSending(
      Object channel, int sessionEvent, @Nullable String context, @Nullable String id) {
    HookContext hook = HookContext.current();
    ClusterSends sends = hook.clusterSends;
    if (!sends.isOutermost()) {
      return sends.beginWithin();
    }
    ChannelRecord record = channels.of(channel);
    ContextRecord webapp = Channels.context(record, context);
    long change =
        record == null || webapp == null ? 0 : change(hook, record, webapp, sessionEvent, id);
    return sends.begin(sessionEvent, record, change);
  }

  /** What the message does to a session, or how many it transfers; 0 for nothing tracked. */
  private long change(
      HookContext hook,
      ChannelRecord channel,
      ContextRecord webapp,
      int event,
      @Nullable String id) {
    MessageType type = MessageType.ofSessionEvent(event);
    if (event == GET_ALL_SESSIONS) {
      webapp.transfer().asked();
    } else if (type.isChange() && type != MessageType.EXPIRED && id != null) {
      // A renamed session is announced by the id that it had.
      long key = type == MessageType.ID_CHANGED ? hook.renamed : webapp.keyOf(id);
      hook.renamed = 0;
      return key == 0 ? 0 : changes.begin(channel, webapp, key);
    } else if (type == MessageType.STATE_TRANSFER && hook.transferSessions >= 0) {
      return TransferPart.of(webapp.index(), hook.transferSessions);
    }
    return 0;
  }

  @Override
  public void clusterSent(@Nullable Notes begun) {
    if (begun == null) {
      return;
    }
    ClusterSends.Send send = (ClusterSends.Send) begun;
    HookContext hook = send.context;
    ClusterSends sends = hook.clusterSends;
    if (!sends.end(send)) {
      return;
    }
    MessageType type = MessageType.ofSessionEvent(sends.event);
    long change = sends.change;
    ChannelRecord record = sends.channel;
    sends.forget();
    // Else there was nobody to send to, or the channel would not take it.
    boolean taken = sends.identified && (!sends.refused || sends.transmitted);
    if (record != null && type.isChange() && change != 0 && !taken) {
      record.sessions().sent(change, record.known());
    } else if (type == MessageType.STATE_TRANSFER && taken) {
      hook.given = null;
    }
    hook.requestEnd.clusterSent(sends.identified, sends.refused);
  }

  @Override
  public Notes channelSending(boolean map) {
    HookContext hook = HookContext.current();
    hook.submitting = true;
    hook.submittingMap = map;
    hook.submittedId = 0;
    return hook;
  }

  @Override
  public void channelSent(@Nullable Notes begun, boolean failed) {
    HookContext hook = HookContext.of(begun);
    hook.submitting = false;
    hook.clusterSends.refused |= failed;
    if (failed && hook.submittedId != 0) {
      // What an interceptor refused never leaves, and would keep its place for ever.
      inFlight.spend(hook.submittedId, System.nanoTime(), hook.submission);
    }
  }

  @Override
  public void messageIdentified(byte[] uniqueId) {
    HookContext hook = HookContext.current();
    if (hook.submitting) {
      // Only the first id made during a submission is the message's.
      hook.submitting = false;
      MessageType type =
          hook.submittingMap
              ? MessageType.MAP
              : MessageType.ofSessionEvent(hook.clusterSends.event);
      hook.clusterSends.identified = true;
      hook.submittedId = MemberKey.ofUniqueId(uniqueId);
      inFlight.put(
          hook.submittedId,
          type,
          hook.submittingMap ? 0 : hook.clusterSends.change,
          System.nanoTime());
    }
  }
}
