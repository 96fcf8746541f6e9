package io.tribescope.bench.compare.results;

import java.util.List;
import java.util.Map;

/**
 * The page, in Markdown.
 *
 * @param facts when it was measured, and on what
 * @param subjects in the order of the tables, among them none
 * @param none its name
 * @param method how the figures were measured, a sentence or two each
 * @param recordings of our agents, by name
 */
public record Report(
    Map<String, String> facts,
    List<Subject> subjects,
    String none,
    List<String> method,
    List<Run> runs,
    Map<String, Samples> recordings) {

  /** The whole page. */
  public String markdown() {
    Figures figures = new Figures(subjects, none, runs);
    return """
        # Performance

        What an agent costs a pair of replicating Tomcats, beside no agent. `bench/compare` measured it and
        wrote this page.

        %s
        ## Against none

        Each run of an agent is compared with the run of none in its round. The median of all rounds counts
        against the target; its interval is that of the sign test, with the confidence in parentheses.

        %s
        ## Figures

        Medians of all runs, with their quartiles. Where an agent has fewer runs than none, compare it by the
        table above.

        %s
        ## Samples of the sender

        %s
        ## How it was measured

        %s
        ## Every run

        Two figures in a cell are the sender's and the receiver's.

        %s"""
        .formatted(
            about(),
            figures.comparisons(),
            figures.medians(),
            new RecordedShares(recordings).text(),
            list(method),
            figures.everyRun());
  }

  private String about() {
    Table table = new Table("", "");
    facts.forEach(table::row);
    subjects.forEach(subject -> table.row(subject.name(), subject.origin()));
    return table.toString();
  }

  private static String list(List<String> sentences) {
    StringBuilder list = new StringBuilder();
    sentences.forEach(sentence -> list.append("- ").append(sentence).append('\n'));
    return list.toString();
  }
}
