package io.headgate.samples.benchmarks;

import static io.headgate.samples.benchmarks.contender.Contenders.HEADGATE_HOST;
import static io.headgate.samples.benchmarks.contender.Contenders.HEADGATE_HOST_HOLD;
import static io.headgate.samples.benchmarks.contender.Contenders.HEADGATE_LOOP;

import io.headgate.samples.benchmarks.contender.Contenders;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What Headgate wants to reach in a cell.
 *
 * @param cell the cell's name
 * @param wanted the target in words
 * @param bound the figure it may have at most; at least, where {@code more} is better
 * @param more whether more is better
 * @param entrant whose figure it is
 * @param against whose figure it is a multiple of, or beside; empty for the floor
 * @param figure reads it off a result
 */
record Target(
        String cell,
        String wanted,
        double bound,
        boolean more,
        String entrant,
        Optional<String> against,
        Function<Result, Spread> figure) {

    private static final double KIB = 1024;
    private static final double NONE = 0;
    private static final double PERCENT = 100;
    private static final int OBJECT_HEADERS = 24 + 16;

    static List<Target> all() {
        return List.of(
                ratio(Cells.FLOOD_1K, Cells.AGAIN, Figure.CPU, 1.05),
                seen(Cells.FLOOD_1K, 1.05),
                cpu(Cells.FLOOD_64, HEADGATE_HOST_HOLD, 1.8),
                cpu(Cells.FLOOD_1K, HEADGATE_HOST_HOLD, 1.15),
                cpu(Cells.FLOOD_16K, HEADGATE_HOST_HOLD, 1.0),
                cpu(Cells.FLOOD_64, HEADGATE_LOOP, 1.1),
                cpu(Cells.FLOOD_1K, HEADGATE_LOOP, 1.0),
                cpu(Cells.FLOOD_16K, HEADGATE_LOOP, 0.8),
                cpu(Cells.PACED, HEADGATE_HOST, 1.1),
                lost(Cells.PACED, HEADGATE_HOST),
                rate(Cells.FLOOD_64, 0.70),
                rate(Cells.FLOOD_1K, 0.95),
                rate(Cells.FLOOD_16K, 1.0),
                allocation(Cells.FLOOD_64),
                allocation(Cells.FLOOD_1K),
                allocation(Cells.FLOOD_16K),
                cpu(Cells.SEND_1K, HEADGATE_HOST, 1.05),
                ratio(Cells.ROUND_TRIP, HEADGATE_HOST, Figure.P50, 1.05),
                most(Cells.IDLE, Figure.HEAP, 10 * KIB),
                most(Cells.IDLE, Figure.RSS, 10 * KIB),
                ratio(Cells.IDLE, HEADGATE_HOST, Figure.OPEN_CPU, 1.1),
                ratio(Cells.MANY_CONNECTIONS, Cells.THOUSAND, Figure.CPU, 1.2),
                ratio(Cells.MANY_GRANTS, Cells.THOUSAND, Figure.CPU, 1.1));
    }

    /** Against each peer that does the same work: ahead, or within 5 %. */
    static Stream<Target> peers(Result result) {
        String ours = result.has(HEADGATE_HOST_HOLD) ? HEADGATE_HOST_HOLD : HEADGATE_HOST;
        return result.cell().entrants().stream()
                .map(Entrant::label)
                .filter(label -> label.endsWith(Contenders.SAME))
                .map(peer -> new Target(
                        result.cell().name(),
                        "CPU ≤ 1.05 × " + peer,
                        1.05,
                        false,
                        ours,
                        Optional.of(peer),
                        seen -> seen.ratio(ours, peer, Figure.CPU)));
    }

    private static Target cpu(String cell, String entrant, double bound) {
        return ratio(cell, entrant, Figure.CPU, bound);
    }

    private static Target ratio(String cell, String entrant, Figure figure, double bound) {
        return new Target(
                cell,
                String.format(Locale.ROOT, "%s ≤ %.2f × floor", figure.label(), bound),
                bound,
                false,
                entrant,
                Optional.empty(),
                result -> result.ratio(entrant, result.cell().floor().label(), figure));
    }

    /** What the harness can tell apart is at least half of the tenth that was put there. */
    private static Target seen(String cell, double bound) {
        return new Target(
                cell,
                String.format(Locale.ROOT, "%s ≥ %.2f × %s", Figure.CPU.label(), bound, Cells.AGAIN),
                bound,
                true,
                Cells.TENTH,
                Optional.of(Cells.AGAIN),
                result -> result.ratio(Cells.TENTH, Cells.AGAIN, Figure.CPU));
    }

    private static Target rate(String cell, double bound) {
        return new Target(
                cell,
                String.format(Locale.ROOT, "%s ≥ %.2f × floor", Figure.RATE.label(), bound),
                bound,
                true,
                HEADGATE_HOST_HOLD,
                Optional.empty(),
                result -> result.ratio(HEADGATE_HOST_HOLD, result.cell().floor().label(), Figure.RATE));
    }

    private static Target lost(String cell, String entrant) {
        return new Target(cell, "% lost = 0", NONE, false, entrant, Optional.empty(), result -> {
            double lost = PERCENT * result.lost(entrant);
            return new Spread(lost, lost, lost);
        });
    }

    private static Target allocation(String cell) {
        return new Target(
                cell,
                "alloc ≤ 110 B over the String",
                110,
                false,
                HEADGATE_HOST_HOLD,
                Optional.empty(),
                result -> measured(result, HEADGATE_HOST_HOLD, Figure.ALLOCATION)
                        .map(bytes -> bytes - stringBytes(result.cell().bytes())));
    }

    private static Target most(String cell, Figure figure, double bound) {
        return new Target(
                cell,
                String.format(Locale.ROOT, "%s ≤ %.0f", figure.label(), bound),
                bound,
                false,
                HEADGATE_HOST,
                Optional.empty(),
                result -> measured(result, HEADGATE_HOST, figure));
    }

    private static Spread measured(Result result, String entrant, Figure figure) {
        Optional<Spread> spread = result.figure(entrant, figure);
        return spread.orElseThrow(() -> new IllegalStateException(figure + " of " + entrant + " was not measured"));
    }

    /** A String of Latin-1 with its array, in a heap of compressed references. */
    static int stringBytes(int characters) {
        return OBJECT_HEADERS + (characters + 7) / 8 * 8;
    }

    /** Where texts were lost no figure counts, but for how many. */
    boolean isVoid(Result result) {
        String other = against.orElse(result.cell().floor().label());
        return bound != NONE && (result.isVoid(entrant) || result.isVoid(other));
    }

    boolean met(Spread figure) {
        return more ? figure.median() >= bound : figure.median() <= bound;
    }
}
