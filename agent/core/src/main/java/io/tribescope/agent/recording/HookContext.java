package io.tribescope.agent.recording;

import io.tribescope.agent.bridge.Notes;
import io.tribescope.agent.recording.channels.ChannelRecord;
import io.tribescope.agent.recording.counters.Cells;
import io.tribescope.agent.recording.counters.Stripe;
import io.tribescope.agent.recording.messages.Submission;
import io.tribescope.agent.recording.sessions.ContextRecord;
import io.tribescope.agent.recording.sessions.GivenTransfer;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * What one thread remembers between hooks of the same call. Made once for a thread; holds nothing
 * of Tomcat's or of the application's.
 */
final class HookContext implements Notes {
  /** Whose this is. */
  final Thread thread = Thread.currentThread();

  /** For {@link HookContexts}, made once. */
  final WeakReference<HookContext> weak = new WeakReference<>(this);

  /** The stripe of {@link Cells} that this thread adds to. */
  final int stripe = Stripe.current();

  /** Whether the channel is accepting a message, and whether that belongs to a replicated map. */
  boolean submitting;

  boolean submittingMap;

  /** The id that the message got while the channel was accepting it; 0 before. */
  long submittedId;

  /** The key of the session that was just renamed on this thread; 0 when it was announced. */
  long renamed;

  /** The sessions in the state transfer that is about to be sent; -1 outside of one. */
  int transferSessions = -1;

  /** The state transfer whose part is about to be sent, until the channel has taken it. */
  @Nullable GivenTransfer given;

  @Nullable ChannelRecord givenOn;
  int givenOf;

  /** The context that is fetching its sessions from another node. */
  @Nullable ContextRecord fetching;

  final RequestEnd requestEnd = new RequestEnd();

  /** The slot of {@link ReceiverWait} that this thread holds, or -1. */
  int receiverSlot = -1;

  final ClusterSends clusterSends = new ClusterSends(this);
  final Submission submission = new Submission();
  final Transmission transmission = new Transmission();
  final Deliveries deliveries = new Deliveries(this);

  /** The calling thread's, which {@code begun} is, unless the begin failed. */
  static HookContext of(@Nullable Notes begun) {
    return begun instanceof HookContext ? (HookContext) begun : current();
  }

  static HookContext current() {
    return HookContexts.current();
  }
}
