package io.tribescope.agent.metrics.sessions;

import io.prometheus.metrics.model.snapshots.Labels;
import io.tribescope.agent.recording.channels.ChannelRecord;
import io.tribescope.agent.recording.sessions.ContextRecord;
import io.tribescope.agent.recording.sessions.DroppedAttributes;
import io.tribescope.agent.tomcat.DeltaSessions;
import io.tribescope.agent.tomcat.WebappContext;
import io.tribescope.metrics.Snapshots;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What applications left out of the sessions that they send. */
public final class AttributeSamples {
  private AttributeSamples() {}

  /**
   * @param only of several channels the one whose contexts are meant; null for all contexts
   */
  public static void add(
      Snapshots out, Labels labels, DroppedAttributes dropped, @Nullable ChannelRecord only) {
    // Two loaders can be one context's, while Tomcat reloads it.
    Map<String, Map<String, Long>> contexts = new TreeMap<>();
    for (DroppedAttributes.Application application : dropped.all()) {
      String context = WebappContext.of((ClassLoader) application.loader());
      if (!context.isEmpty() && (only == null || has(only, context))) {
        Map<String, Long> sums = contexts.computeIfAbsent(context, c -> new TreeMap<>());
        application.byClass().forEach((type, count) -> sums.merge(type, count, Long::sum));
      }
    }
    contexts.forEach(
        (context, counts) ->
            counts.forEach(
                (type, count) ->
                    out.add(
                        RequestFamilies.ATTRIBUTES_DROPPED,
                        labels.add("context", context).add("class", type),
                        count)));
  }

  private static boolean has(ChannelRecord channel, String context) {
    for (ContextRecord record : channel.contextRecords()) {
      Object manager = record.manager();
      if (manager != null && DeltaSessions.context(record.name(), manager).equals(context)) {
        return true;
      }
    }
    return false;
  }
}
