package io.tribescope.bench.compare.results;

import java.util.Collections;
import java.util.List;

/** A table in Markdown. */
final class Table {
  private final StringBuilder text = new StringBuilder();
  private final int columns;

  Table(String... titles) {
    columns = titles.length;
    row(titles);
    text.append('|').append(String.join("|", Collections.nCopies(columns, "---"))).append("|\n");
  }

  /** Adds a row. */
  Table row(String... cells) {
    if (cells.length != columns) {
      throw new IllegalArgumentException(
          "%d cells for %d columns: %s".formatted(cells.length, columns, List.of(cells)));
    }
    text.append('|');
    for (String cell : cells) {
      text.append(cell.replace("|", "\\|")).append('|');
    }
    text.append('\n');
    return this;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
