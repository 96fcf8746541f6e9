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

  /** So many counters, numbered from 0. Returns the place of the first. */
  public int counters(int number) {
    return take(number);
  }

  /** A counter for each constant of an enum. */
  public <E extends Enum<E>> Block<E> block(Class<E> of) {
    return block(of, 1);
  }

  /** The counters of a histogram of durations for each constant of an enum. */
  public <E extends Enum<E>> Block<E> durations(Class<E> of) {
    return block(of, Durations.CELLS);
  }

  private <E extends Enum<E>> Block<E> block(Class<E> of, int each) {
    int constants = of.getEnumConstants().length;
    return new Block<>(take(constants * each), constants, each);
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

  /** How many counters there are. */
  public int size() {
    return size;
  }

  /** The counters of an enum's constants, one or a histogram each. Immutable. */
  public static final class Block<E extends Enum<E>> {
    final int first;
    final int end;
    private final int each;

    private Block(int first, int constants, int each) {
      this.first = first;
      this.end = first + constants * each;
      this.each = each;
    }

    /** The place of that constant's counter, or of the first of its histogram. */
    public int of(E constant) {
      return first + constant.ordinal() * each;
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
