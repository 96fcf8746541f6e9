package io.tribescope.agent.recording.counters;

/**
 * Where each counter stands within a block of {@link Cells}. A record declares its layout once, in
 * static fields, so that each place is a constant to the compiler; what is declared takes the next
 * free place. Not thread-safe: complete before the first cells are made of it.
 */
public final class Layout {
  private int size;

  /** A counter by itself. */
  public int counter() {
    return take(1);
  }

  /** A counter for each constant of an enum. */
  public <E extends Enum<E>> Block<E> block(Class<E> of) {
    int constants = of.getEnumConstants().length;
    return new Block<>(take(constants), constants);
  }

  /** A counter for each pair of constants of two enums. */
  public <R extends Enum<R>, C extends Enum<C>> Table<R, C> table(Class<R> rows, Class<C> columns) {
    int width = columns.getEnumConstants().length;
    return new Table<>(take(rows.getEnumConstants().length * width), width);
  }

  /** The counters of a histogram of durations; for {@link Durations#record}. */
  public int durations() {
    return take(Durations.CELLS);
  }

  /** The counters of a histogram of sizes; for {@link Sizes#record}. */
  public int sizes() {
    return take(Sizes.CELLS);
  }

  private int take(int counters) {
    int first = size;
    size += counters;
    return first;
  }

  int size() {
    return size;
  }

  /** The counters of an enum's constants. Immutable. */
  public static final class Block<E extends Enum<E>> {
    final int first;
    final int constants;

    private Block(int first, int constants) {
      this.first = first;
      this.constants = constants;
    }

    public int of(E constant) {
      return first + constant.ordinal();
    }
  }

  /** The counters of pairs of constants. Immutable. */
  public static final class Table<R extends Enum<R>, C extends Enum<C>> {
    private final int first;
    private final int width;

    private Table(int first, int width) {
      this.first = first;
      this.width = width;
    }

    public int of(R row, C column) {
      return first + row.ordinal() * width + column.ordinal();
    }
  }
}
