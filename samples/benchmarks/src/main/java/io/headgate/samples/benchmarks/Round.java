package io.headgate.samples.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * All entrants of a cell, one after another. The floor comes first and last: where its two figures are far apart, something
 * else was going on.
 *
 * @param before the floor, first
 * @param samples the other entrants, by label
 * @param after the floor, last
 */
record Round(Sample before, Map<String, Sample> samples, Sample after) {

    /** By how much the floor may differ from itself within one round. */
    static final double STEADY = 0.10;

    Round {
        samples = Map.copyOf(samples);
    }

    /** How far apart the two figures of the floor are, as a part of the smaller. */
    double unrest(Figure figure) {
        double first = before.get(figure);
        double last = after.get(figure);
        return Math.abs(first - last) / Math.min(first, last);
    }

    double floor(Figure figure) {
        return (before.get(figure) + after.get(figure)) / 2;
    }

    /** An entrant's figure as a multiple of the floor's in this round. */
    double ratio(String label, Figure figure) {
        Sample sample = samples.get(label);
        return sample == null ? 1 : sample.get(figure) / floor(figure);
    }

    List<Sample> of(String label) {
        Sample sample = samples.get(label);
        return sample == null ? List.of(before, after) : List.of(sample);
    }

    /** Turned round for every other round, so that no entrant always follows the same one. */
    static <T> List<T> ordered(List<T> entrants, boolean reversed) {
        List<T> order = new ArrayList<>(entrants);
        if (reversed) {
            Collections.reverse(order);
        }
        return order;
    }
}
