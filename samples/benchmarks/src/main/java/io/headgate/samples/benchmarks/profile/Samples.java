package io.headgate.samples.benchmarks.profile;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Samples of one kind by stage, and within it by leaf method; each has a weight. */
final class Samples {

    private static final int HOTTEST = 5;
    private static final double WHOLE = 100;

    private final Map<Stage, Map<String, Long>> weights = new EnumMap<>(Stage.class);
    private long total;

    /** Adds a sample by its frames, the leaf first; there is at least one. */
    void add(List<String> frames, long weight) {
        weights.computeIfAbsent(Stage.of(frames), none -> new HashMap<>()).merge(frames.get(0), weight, Long::sum);
        total += weight;
    }

    long total() {
        return total;
    }

    /** A line for each stage, the largest first, and under it a line for each of its hottest methods. */
    Stream<String> lines() {
        return weights.entrySet().stream()
                .sorted(Comparator.comparing(stage -> -weight(stage.getValue())))
                .flatMap(stage -> Stream.concat(
                        Stream.of("%5.1f %%  %s".formatted(share(weight(stage.getValue())), stage.getKey())),
                        hottest(stage.getValue())));
    }

    private Stream<String> hottest(Map<String, Long> leaves) {
        return leaves.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .limit(HOTTEST)
                .map(leaf -> "          %5.1f %%  %s".formatted(share(leaf.getValue()), leaf.getKey()));
    }

    private static long weight(Map<String, Long> leaves) {
        return leaves.values().stream().mapToLong(Long::longValue).sum();
    }

    private double share(long weight) {
        return WHOLE * weight / total;
    }
}
