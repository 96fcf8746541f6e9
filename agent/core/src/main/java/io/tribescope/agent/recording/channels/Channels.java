package io.tribescope.agent.recording.channels;

import io.tribescope.agent.recording.sessions.ContextRecord;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The channels of this JVM, nearly always one. Look-ups are lock-free and allocate nothing. */
public final class Channels {
  /** More would be a mistake of ours, or an application that leaks them. */
  private static final int LIMIT = 16;

  private static final int TRACKED_SESSIONS = 100_000;

  private volatile int trackedSessions = TRACKED_SESSIONS;
  private volatile ChannelRecord[] records = {};

  /** Of channels that may start again, and then go on; the latest last. */
  private final List<ChannelRecord> stopped = new ArrayList<>();

  private volatile boolean saturated;

  /** How many changed sessions find room, of each channel whose first manager starts from now. */
  public void trackSessions(int number) {
    trackedSessions = number;
  }

  /** The record of that channel object; null when it has not started, or was one too many. */
  public @Nullable ChannelRecord of(Object channel) {
    for (ChannelRecord record : records) {
      if (record.isFor(channel)) {
        return record;
      }
    }
    return null;
  }

  /** The context of that name in that channel; null when either is not known. */
  public static @Nullable ContextRecord context(
      @Nullable ChannelRecord channel, @Nullable String name) {
    return channel == null ? null : channel.contexts().find(name);
  }

  /** Begins to record a channel. One that is recorded already, or was before a stop, goes on. */
  public synchronized void add(Object channel) {
    List<ChannelRecord> live = all();
    ChannelRecord running = of(channel);
    if (running != null) {
      running.queue().starting();
      return;
    }
    if (live.size() >= LIMIT) {
      saturated = true;
      return;
    }
    ChannelRecord known = null;
    for (ChannelRecord record : stopped) {
      if (record.isFor(channel)) {
        known = record;
      }
    }
    stopped.remove(known);
    ChannelRecord record =
        known == null ? new ChannelRecord(channel, () -> trackedSessions) : known;
    record.queue().starting();
    live.add(record);
    records = live.toArray(new ChannelRecord[0]);
  }

  public synchronized void remove(Object channel) {
    ChannelRecord gone = of(channel);
    if (gone == null) {
      return;
    }
    List<ChannelRecord> rest = all();
    rest.remove(gone);
    records = rest.toArray(new ChannelRecord[0]);
    stopped.removeIf(record -> record.channel() == null);
    if (stopped.size() >= LIMIT) {
      stopped.remove(0);
    }
    stopped.add(gone);
  }

  /** The only channel; null when there are several, or none. */
  public @Nullable ChannelRecord lone() {
    ChannelRecord[] all = records;
    return all.length == 1 ? all[0] : null;
  }

  /** The channel whose node announces that address; a lone channel is always meant. */
  public @Nullable ChannelRecord ofLocal(long localKey) {
    ChannelRecord[] all = records;
    if (all.length == 1) {
      return all[0];
    }
    for (ChannelRecord record : all) {
      if (record.localKey() == localKey) {
        return record;
      }
    }
    return null;
  }

  /** The channel whose dispatcher that is, once it was seen at work. */
  public @Nullable ChannelRecord ofDispatcher(Object dispatcher) {
    for (ChannelRecord record : records) {
      if (record.queue().isOf(dispatcher)) {
        return record;
      }
    }
    return null;
  }

  /** The channel that has that peer; the first where several have. */
  public @Nullable ChannelRecord withPeer(long peerKey) {
    for (ChannelRecord record : records) {
      if (record.knownPeer(peerKey) != null) {
        return record;
      }
    }
    return null;
  }

  /** Those that have started and whose channel still exists, in the order of their start. */
  public List<ChannelRecord> all() {
    List<ChannelRecord> live = new ArrayList<>();
    for (ChannelRecord record : records) {
      if (record.channel() != null) {
        live.add(record);
      }
    }
    return live;
  }

  /** Whether a channel was ever left out for want of room. */
  public boolean saturated() {
    return saturated;
  }
}
