package io.tribescope.exporter.metrics;

import io.tribescope.exporter.model.FailureReason;
import io.tribescope.metrics.LabelValue;
import io.tribescope.metrics.MetricFamily;
import java.util.stream.Stream;

/** The exporter itself. */
public final class ExporterFamilies {
  /** The outcome of a probe that succeeded; the others are the failures' reasons. */
  public static final String SUCCESS = "success";

  public static final MetricFamily PROBES =
      MetricFamily.counter("tribescope_exporter_probes_total", ExporterCost.COUNTED, "target")
          .by("outcome", outcomes().toArray(String[]::new))
          .means("Probes made, by outcome: success, or the reason of the failure.")
          .good("only success increases.");

  public static final MetricFamily REJECTED =
      MetricFamily.counter("tribescope_exporter_probes_rejected_total", ExporterCost.COUNTED)
          .means("Probes refused because --max-probes were running.")
          .good("0.");

  public static final MetricFamily RUNNING =
      MetricFamily.gauge("tribescope_exporter_probes_running", ExporterCost.READ)
          .means("Probes running now.")
          .good("below --max-probes.");

  public static final MetricFamily BUILD_INFO =
      MetricFamily.info("tribescope_exporter_build_info", ExporterCost.READ)
          .with("version", "java")
          .means("The exporter's version and its Java.")
          .good("the same everywhere.");

  private ExporterFamilies() {}

  /** Every outcome that a probe can have. */
  public static Stream<String> outcomes() {
    return Stream.concat(Stream.of(SUCCESS), Stream.of(FailureReason.values()).map(LabelValue::of));
  }
}
