package io.tribescope.bench.compare.results;

import java.util.List;
import org.apache.commons.math3.distribution.BinomialDistribution;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;
import org.apache.commons.math3.stat.descriptive.rank.Percentile.EstimationType;

/**
 * Median and quartiles of some values, and the interval of their median.
 *
 * <p>The interval is that of the sign test: from the k-th smallest value to the k-th largest, which
 * says nothing of how the values are distributed. Its confidence, the probability that it holds the
 * true median, is 1 - 2 P(X &lt; k) for X of a binomial distribution of n tries and 1/2. The
 * largest k is taken that gives 95 %; where none does, which is so for less than six values, the
 * smallest value and the largest are taken, and the confidence is less.
 */
record Distribution(
    int number, double median, double q1, double q3, double low, double high, double confidence) {
  private static final double WANTED = 0.95;

  /**
   * Computes it; quartiles between two values are interpolated.
   *
   * @param values at least one
   */
  static Distribution of(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int k = 1;
    while (confidence(sorted.length, k + 1) >= WANTED) {
      k++;
    }
    return new Distribution(
        sorted.length,
        percentile(sorted, 50),
        percentile(sorted, 25),
        percentile(sorted, 75),
        sorted[k - 1],
        sorted[sorted.length - k],
        confidence(sorted.length, k));
  }

  private static double confidence(int number, int k) {
    return 1 - 2 * new BinomialDistribution(number, 0.5).cumulativeProbability(k - 1);
  }

  private static double percentile(double[] sorted, double percent) {
    // R-7 interpolates between the values themselves, as spreadsheets and R do.
    return new Percentile().withEstimationType(EstimationType.R_7).evaluate(sorted, percent);
  }
}
