package io.tribescope.agent.recording;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The channels of this JVM, nearly always one. Look-ups are lock-free and allocate nothing. */
public final class Channels {
  /** More would be a mistake of ours, or an application that leaks them. */
  private static final int LIMIT = 16;

  private volatile ChannelRecord[] records = {};

  /** The record of that channel object, made now if need be; null beyond the limit. */
  @Nullable ChannelRecord of(Object channel) {
    for (ChannelRecord record : records) {
      if (record.isFor(channel)) {
        return record;
      }
    }
    return add(channel);
  }

  private synchronized @Nullable ChannelRecord add(Object channel) {
    List<ChannelRecord> live = new ArrayList<>();
    for (ChannelRecord record : records) {
      if (record.isFor(channel)) {
        return record;
      }
      if (record.channel() != null) {
        live.add(record);
      }
    }
    if (live.size() >= LIMIT) {
      return null;
    }
    ChannelRecord added = new ChannelRecord(channel);
    live.add(added);
    records = live.toArray(new ChannelRecord[0]);
    return added;
  }

  synchronized void remove(Object channel) {
    List<ChannelRecord> rest = new ArrayList<>();
    for (ChannelRecord record : records) {
      if (!record.isFor(channel) && record.channel() != null) {
        rest.add(record);
      }
    }
    records = rest.toArray(new ChannelRecord[0]);
  }

  /** The channel whose node announces that address; a lone channel is always meant. */
  @Nullable ChannelRecord ofLocal(long localKey) {
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

  /** The channel that has that peer; the first where several have. */
  @Nullable ChannelRecord withPeer(long peerKey) {
    for (ChannelRecord record : records) {
      if (record.knownPeer(peerKey) != null) {
        return record;
      }
    }
    return null;
  }

  public List<ChannelRecord> all() {
    List<ChannelRecord> all = new ArrayList<>();
    Collections.addAll(all, records);
    return all;
  }
}
