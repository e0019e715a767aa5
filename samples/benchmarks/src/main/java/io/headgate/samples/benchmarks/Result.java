package io.headgate.samples.benchmarks;

import java.util.List;
import java.util.Optional;

/**
 * What a cell showed.
 *
 * @param cell the cell
 * @param rounds those that count
 * @param repeated how many were measured again as the floor was unsteady
 */
record Result(Cell cell, List<Round> rounds, int repeated) {

    /** The part of the texts that may be lost before an entrant's figures are void. */
    static final double VOID = 0.001;

    Result {
        rounds = List.copyOf(rounds);
    }

    boolean has(String label) {
        return cell.entrants().stream().anyMatch(entrant -> entrant.label().equals(label));
    }

    Optional<Spread> figure(String label, Figure figure) {
        List<Double> values = rounds.stream()
                .flatMap(round -> round.of(label).stream())
                .filter(sample -> sample.figures().containsKey(figure))
                .map(sample -> sample.get(figure))
                .toList();
        return values.isEmpty() ? Optional.empty() : Optional.of(Spread.of(values));
    }

    /** Of one entrant to another, round by round. */
    Spread ratio(String label, String to, Figure figure) {
        return Spread.of(rounds.stream()
                .map(round -> round.ratio(label, figure) / round.ratio(to, figure))
                .toList());
    }

    double lost(String label) {
        return rounds.stream()
                .flatMap(round -> round.of(label).stream())
                .mapToDouble(Sample::lost)
                .max()
                .orElse(0);
    }

    boolean isVoid(String label) {
        return lost(label) > VOID;
    }

    /** The rounds that count although the floor was unsteady, as no better ones came. */
    long unsteady(Figure figure) {
        return rounds.stream()
                .filter(round -> round.unrest(figure) > Round.STEADY)
                .count();
    }
}
