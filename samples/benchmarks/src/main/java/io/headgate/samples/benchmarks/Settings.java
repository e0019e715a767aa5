package io.headgate.samples.benchmarks;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * How a run goes, from system properties.
 *
 * @param full {@code bench.full}: every cell and every contender, in place of the short form
 * @param rounds {@code bench.rounds}: how many count, 1 to 100; default 7
 * @param millis {@code bench.millis}: how long an entrant is measured in each, 100 to 600,000; default 1000
 * @param warmUpMillis {@code bench.warmup}: how long each runs in the round that does not count, 0 to 600,000; default 3000
 * @param cells {@code bench.cells}: only those whose name contains this text; default all
 * @param entrants {@code bench.entrants}: only those whose name contains one of these texts, which commas separate, and the floor of
 *     each cell; default all
 * @param profile {@code bench.profile}: a folder, made where it is missing, for a flight recording of each of our entrants in each
 *     cell; default none
 */
record Settings(
        boolean full,
        int rounds,
        int millis,
        int warmUpMillis,
        String cells,
        List<String> entrants,
        Optional<Path> profile) {

    private static final int MAX_ROUNDS = 100;
    private static final int MIN_MILLIS = 100;
    private static final int MAX_MILLIS = 600_000;

    static Settings read(UnaryOperator<String> properties) {
        String full = properties.apply("bench.full");
        String cells = properties.apply("bench.cells");
        String entrants = properties.apply("bench.entrants");
        return new Settings(
                full != null && !full.equals("false"),
                number(properties, "bench.rounds", 7, 1, MAX_ROUNDS),
                number(properties, "bench.millis", 1000, MIN_MILLIS, MAX_MILLIS),
                number(properties, "bench.warmup", 3000, 0, MAX_MILLIS),
                cells == null ? "" : cells,
                entrants == null || entrants.isBlank()
                        ? List.of()
                        : List.of(entrants.strip().split("\\s*,\\s*")),
                Optional.ofNullable(properties.apply("bench.profile"))
                        .filter(folder -> !folder.isBlank())
                        .map(Path::of));
    }

    private static int number(UnaryOperator<String> properties, String key, int otherwise, int least, int most) {
        String text = properties.apply(key);
        if (text == null || text.isBlank()) {
            return otherwise;
        }
        String expected = key + " must be a whole number from " + least + " to " + most + ", is \"" + text + "\"";
        try {
            int value = Integer.parseInt(text.strip());
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException noNumber) {
            throw new IllegalArgumentException(expected, noNumber);
        }
        throw new IllegalArgumentException(expected);
    }
}
