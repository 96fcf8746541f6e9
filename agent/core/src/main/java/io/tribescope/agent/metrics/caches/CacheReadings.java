package io.tribescope.agent.metrics.caches;

import io.tribescope.agent.ehcache.ReplicatedCache;
import io.tribescope.agent.reads.TimedReads;
import io.tribescope.agent.recording.cache.records.CacheRecord;
import io.tribescope.agent.recording.cache.records.CacheRecords;
import io.tribescope.agent.tomcat.WebappContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Knows the replicated caches by their names, and for how long they still count. A name that comes
 * again, after a redeployment or from a second unnamed manager, goes on counting where the first
 * one stopped. For scrapes; not thread-safe.
 */
final class CacheReadings {
  /** Long enough for a scrape to see how a cache ended. */
  private static final long KEPT_NANOS = TimeUnit.MINUTES.toNanos(5);

  /** One cache object, and what is known of it by now. */
  static final class Reading {
    final CacheRecord record;
    final CacheName name;

    /** Null once it has ended. */
    final @Nullable ReplicatedCache alive;

    // These wait for the cache's own locks. Null while they are not known.
    @Nullable Number elements;
    @Nullable Integer groupMembers;

    Reading(CacheRecord record, CacheName name, @Nullable ReplicatedCache alive) {
      this.record = record;
      this.name = name;
      this.alive = alive;
    }
  }

  private static final class Known {
    @Nullable CacheName name;
    boolean wasAlive;
    long endedNanos;
  }

  private final CacheRecords records;
  private final Map<CacheRecord, Known> known = new HashMap<>();
  private final TimedReads<CacheRecord> sizes = new TimedReads<>("tribescope-caches");
  private final TimedReads<CacheRecord> groups = new TimedReads<>("tribescope-caches");

  CacheReadings(CacheRecords records) {
    this.records = records;
  }

  /** Every cache that has a name, the living ones and those that ended not long ago. */
  List<Reading> read() {
    long now = System.nanoTime();
    List<CacheRecord> all = records.all();
    known.keySet().retainAll(new HashSet<>(all));
    List<Reading> readings = new ArrayList<>();
    for (CacheRecord record : all) {
      Reading reading = read(record, now);
      if (reading != null) {
        readings.add(reading);
      }
    }
    List<Reading> kept = withoutTheForgotten(readings, now);
    ask(kept);
    return kept;
  }

  private void ask(List<Reading> readings) {
    Map<CacheRecord, Callable<@Nullable Number>> size = new HashMap<>();
    Map<CacheRecord, Callable<@Nullable Integer>> group = new HashMap<>();
    for (Reading reading : readings) {
      CacheRecord record = reading.record;
      if (reading.alive != null) {
        size.put(record, () -> ofLiving(record, ReplicatedCache::elements));
        if (record.isInGroup()) {
          group.put(record, () -> ofLiving(record, ReplicatedCache::groupMembers));
        }
      }
    }
    Map<CacheRecord, Number> elements = sizes.of(size);
    Map<CacheRecord, Integer> members = groups.of(group);
    for (Reading reading : readings) {
      reading.elements = elements.get(reading.record);
      reading.groupMembers = members.get(reading.record);
    }
  }

  /** Holds the cache while it is asked, but not before: others may be waited for first. */
  private static <V> @Nullable V ofLiving(
      CacheRecord record, Function<ReplicatedCache, @Nullable V> figure) {
    Object cache = record.cache();
    return cache == null ? null : figure.apply(new ReplicatedCache(cache));
  }

  private @Nullable Reading read(CacheRecord record, long now) {
    Known about = known.computeIfAbsent(record, r -> new Known());
    Object object = record.cache();
    boolean stopped = WebappContext.isStopped(record.loader());
    ReplicatedCache cache = object == null || stopped ? null : new ReplicatedCache(object);
    boolean alive = cache != null && cache.isAlive();
    if (about.name == null && !stopped) {
      about.name = nameOf(record, cache);
    }
    about.wasAlive |= alive;
    if (!alive && about.endedNanos == 0 && (about.wasAlive || cache == null)) {
      about.endedNanos = now | 1;
    }
    if (about.name == null) {
      if (cache == null) {
        records.forget(record, null);
      }
      return null;
    }
    return new Reading(record, about.name, alive ? cache : null);
  }

  /** Null while the cache belongs to no manager yet, or when that cannot be known any more. */
  private static @Nullable CacheName nameOf(CacheRecord record, @Nullable ReplicatedCache cache) {
    String manager = record.manager();
    String name = record.name();
    if (cache != null && (manager == null || name == null)) {
      manager = cache.managerName();
      name = cache.name();
    }
    ClassLoader loader = record.loader();
    return manager == null || name == null || loader == null
        ? null
        : new CacheName(WebappContext.of(loader), manager, name);
  }

  private List<Reading> withoutTheForgotten(List<Reading> readings, long now) {
    List<Reading> kept = new ArrayList<>();
    for (Reading reading : readings) {
      Known about = known.get(reading.record);
      long ended = about == null ? 0 : about.endedNanos;
      if (reading.alive == null && ended != 0 && now - ended > KEPT_NANOS) {
        records.forget(reading.record, heirOf(reading, readings));
      } else {
        kept.add(reading);
      }
    }
    return kept;
  }

  /** The one that lives, or the next that ended: what was counted must not become less. */
  private static @Nullable CacheRecord heirOf(Reading ended, List<Reading> readings) {
    CacheRecord heir = null;
    for (Reading reading : readings) {
      if (reading.record != ended.record && reading.name.equals(ended.name)) {
        heir = reading.record;
        if (reading.alive != null) {
          break;
        }
      }
    }
    return heir;
  }
}
