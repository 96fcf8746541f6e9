package io.tribescope.bench.compare;

import io.tribescope.bench.compare.results.Report;
import io.tribescope.bench.compare.results.Run;
import io.tribescope.bench.compare.results.Samples;
import io.tribescope.bench.compare.results.Subject;
import io.tribescope.testbed.machine.TestBedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The comparison; {@code bench/compare --help} says what it takes. Progress goes to standard error.
 * When it is broken off, the test bed's guardian ends what runs.
 */
public final class Compare {
  private static final int FAILED = 1;

  /** What starting and ending two Tomcats takes, about, in seconds. */
  private static final int START_AND_END = 12;

  /** What coming to rest takes after a part of the load, about, in seconds. */
  private static final int REST = 1;

  private final CompareOptions options;
  private final List<Agent> ours;
  private final List<Agent> others;
  private final LocalDateTime begin = LocalDateTime.now(ZoneOffset.UTC);
  private final Map<String, String> facts = new LinkedHashMap<>();

  private Compare(CompareOptions options) {
    this.options = options;
    Path root = Path.of(System.getProperty("tribescope.root", ".."));
    String commit = System.getProperty("tribescope.commit", "unknown");
    this.ours = Agents.tribescopes(root, commit, options.agents());
    this.others = options.others() == 0 ? List.of() : Agents.others(root);
  }

  /** Runs the comparison and ends the JVM: 0 when it is done, 1 when it failed. */
  public static void main(String[] arguments) {
    try {
      new Compare(CompareOptions.parse(arguments)).perform();
    } catch (IOException
        | UncheckedIOException
        | IllegalArgumentException
        | IllegalStateException
        | TestBedException e) {
      System.err.println("bench/compare: " + e.getMessage());
      System.exit(FAILED);
    }
    System.exit(0);
  }

  private void perform() throws IOException {
    facts.putAll(Machine.describe());
    List<Run> runs = runs();
    Map<String, Samples> recordings = recordings();
    String page =
        new Report(
                facts(), subjects(), Agent.NONE.name(), Method.sentences(options), runs, recordings)
            .markdown();
    if (options.toStandardOutput()) {
      System.out.write(page.getBytes(StandardCharsets.UTF_8));
      System.out.flush();
    } else {
      Files.writeString(options.output(), page);
      say("written to %s", options.output());
    }
  }

  private List<Run> runs() throws IOException {
    List<List<Agent>> rounds = Schedule.rounds(ours, others, options.rounds(), options.others());
    int number = rounds.stream().mapToInt(List::size).sum();
    int load = options.warmUp() + options.seconds();
    int rests = REST * (1 + load / (int) LoadInParts.PART.toSeconds());
    int seconds = number * (START_AND_END + load + rests);
    say("runs: %d, in about %d min; then the recordings", number, 1 + seconds / 60);
    Measurement measurement =
        new Measurement(
            Duration.ofSeconds(options.warmUp()), Duration.ofSeconds(options.seconds()));
    List<Run> runs = new ArrayList<>();
    for (int round = 1; round <= rounds.size(); round++) {
      for (Agent agent : rounds.get(round - 1)) {
        say("round %d of %d, %s ...", round, rounds.size(), agent.name());
        Run run = measurement.of(agent, round);
        say("round %d of %d, %s", round, rounds.size(), run.summary());
        runs.add(run);
      }
    }
    return runs;
  }

  private Map<String, Samples> recordings() throws IOException {
    Map<String, Samples> recordings = new LinkedHashMap<>();
    if (options.recordingSamples() > 0) {
      FlightRecording recording =
          new FlightRecording(Duration.ofSeconds(options.warmUp()), options.recordingSamples());
      for (Agent agent : ours) {
        say("recording %s ...", agent.name());
        Samples samples = recording.of(agent);
        say(
            "recording %s: %d samples, %d with a frame of ours",
            agent.name(), samples.total(), samples.ours());
        recordings.put(agent.name(), samples);
      }
    }
    return recordings;
  }

  private Map<String, String> facts() {
    Map<String, String> all = new LinkedHashMap<>();
    LocalDateTime end = LocalDateTime.now(ZoneOffset.UTC);
    DateTimeFormatter format = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT);
    all.put(
        "Measured",
        "%s, for %d minutes"
            .formatted(begin.format(format), Duration.between(begin, end).toMinutes()));
    all.put("By", "`" + Method.command(options) + "`");
    all.putAll(facts);
    all.put("Tomcat", TomcatPair.TOMCAT);
    all.put("Its JVM", "`" + String.join(" ", TomcatPair.JVM) + "`");
    return all;
  }

  private List<Subject> subjects() {
    return Stream.of(List.of(Agent.NONE), ours, others)
        .flatMap(List::stream)
        .map(agent -> new Subject(agent.name(), agent.origin(), agent.tribescope()))
        .toList();
  }

  private static void say(String format, Object... values) {
    System.err.printf(Locale.ROOT, format + "%n", values);
  }
}
