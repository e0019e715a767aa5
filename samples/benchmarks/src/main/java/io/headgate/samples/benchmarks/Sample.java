package io.headgate.samples.benchmarks;

import java.util.EnumMap;
import java.util.Map;

/**
 * What one entrant showed in one round.
 *
 * @param figures what was measured
 * @param lost the part of the texts that was sent and never delivered, 0 to 1
 */
record Sample(Map<Figure, Double> figures, double lost) {

    Sample {
        figures = Map.copyOf(figures);
    }

    static Sample of(Figure figure, double value) {
        return new Sample(Map.of(figure, value), 0);
    }

    Sample with(Figure figure, double value) {
        Map<Figure, Double> more = new EnumMap<>(Figure.class);
        more.putAll(figures);
        more.put(figure, value);
        return new Sample(more, lost);
    }

    Sample losing(long sent, long delivered) {
        return new Sample(figures, sent == 0 ? 0 : Math.max(0, sent - delivered) / (double) sent);
    }

    double get(Figure figure) {
        Double value = figures.get(figure);
        if (value == null) {
            throw new IllegalArgumentException(figure + " was not measured: " + figures);
        }
        return value;
    }
}
