package io.headgate.samples.benchmarks;

import java.util.Collection;
import java.util.function.DoubleUnaryOperator;

/** The middle of some values, and how far apart they are. */
record Spread(double median, double min, double max) {

    static Spread of(Collection<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        if (sorted.length == 0) {
            throw new IllegalArgumentException("no values");
        }
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[sorted.length - 1]);
    }

    Spread map(DoubleUnaryOperator change) {
        return new Spread(change.applyAsDouble(median), change.applyAsDouble(min), change.applyAsDouble(max));
    }
}
