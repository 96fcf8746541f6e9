package io.tribescope.agent.metrics.node;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import io.tribescope.agent.metrics.AgentCost;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is good of each of Micrometer's meters, and what it costs: its own description says only
 * what it means.
 */
enum JvmMeter {
  BUFFER_COUNT("jvm.buffer.count", "steady."),
  BUFFER_MEMORY("jvm.buffer.memory.used", "steady; a climb without end is a leak."),
  BUFFER_CAPACITY("jvm.buffer.total.capacity", "steady; a climb without end is a leak."),
  CLASSES_LOADED("jvm.classes.loaded", "steady, the same after a redeployment as before."),
  CLASSES_LOADED_COUNT("jvm.classes.loaded.count", "no increase long after the start."),
  CLASSES_UNLOADED("jvm.classes.unloaded", "an increase after each undeployment."),
  GC_LIVE_DATA(
      "jvm.gc.live.data.size",
      AgentCost.NOTIFIED,
      "steady, well below jvm_gc_max_data_size_bytes."),
  GC_MAX_DATA("jvm.gc.max.data.size", AgentCost.NOTIFIED, "as configured."),
  GC_ALLOCATED("jvm.gc.memory.allocated", AgentCost.NOTIFIED, "follows the load."),
  GC_PROMOTED(
      "jvm.gc.memory.promoted",
      AgentCost.NOTIFIED,
      "a small part of jvm_gc_memory_allocated_bytes_total."),
  GC_PAUSE(
      "jvm.gc.pause",
      AgentCost.NOTIFIED,
      "milliseconds; a pause delays all that this node sends and applies."),
  GC_CONCURRENT(
      "jvm.gc.concurrent.phase.time",
      AgentCost.NOTIFIED,
      "shorter than the time between two of them."),
  MEMORY_COMMITTED("jvm.memory.committed", "steady, and no more than the host can give."),
  MEMORY_MAX("jvm.memory.max", "as configured; -1 where nothing is."),
  MEMORY_USED("jvm.memory.used", "falls with each collection, to no higher a level each time."),
  THREADS_DAEMON("jvm.threads.daemon", "steady."),
  THREADS_LIVE("jvm.threads.live", "steady."),
  THREADS_PEAK("jvm.threads.peak", "not far above jvm_threads_live_threads."),
  THREADS_STARTED("jvm.threads.started", "a slow increase."),
  THREADS_STATES("jvm.threads.states", "few of them blocked."),
  CPU_TIME("process.cpu.time", "follows the load."),
  PROCESS_CPU("process.cpu.usage", "well below 1."),
  FILES_MAX("process.files.max", "well above the connections that Tomcat may have open."),
  FILES_OPEN("process.files.open", "steady, well below process_files_max_files."),
  START_TIME("process.start.time", "changes with the restarts that you made."),
  UPTIME("process.uptime", "grows; falls with the restarts that you made."),
  CPU_COUNT("system.cpu.count", "as many as this node was given."),
  SYSTEM_CPU("system.cpu.usage", "well below 1."),
  LOAD_AVERAGE("system.load.average.1m", "below system_cpu_count.");

  private static final Map<String, JvmMeter> BY_METER = new HashMap<>();

  static {
    for (JvmMeter metric : values()) {
      BY_METER.put(metric.meter, metric);
    }
  }

  /** Micrometer's name of it. */
  final String meter;

  final AgentCost cost;
  final String good;

  JvmMeter(String meter, String good) {
    this(meter, AgentCost.READ, good);
  }

  JvmMeter(String meter, AgentCost cost, String good) {
    this.meter = meter;
    this.cost = cost;
    this.good = good;
  }

  /** Puts what is good behind the description of each meter, as in the agent's own HELP. */
  static final class Help implements MeterFilter {
    @Override
    public Meter.Id map(Meter.Id id) {
      JvmMeter metric = BY_METER.get(id.getName());
      if (metric == null) {
        return id;
      }
      return new Meter.Id(
          id.getName(),
          Tags.of(id.getTags()),
          id.getBaseUnit(),
          sentence(id.getDescription()) + "Good: " + metric.good,
          id.getType());
    }

    private static String sentence(@Nullable String description) {
      if (description == null || description.isEmpty()) {
        return "";
      }
      return description + (description.endsWith(".") ? " " : ". ");
    }
  }
}
