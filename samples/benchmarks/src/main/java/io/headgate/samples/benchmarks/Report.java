package io.headgate.samples.benchmarks;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Prints what was measured, and the targets. */
final class Report {

    private static final String TARGET = "%-32s %-22s %-34s %24s  %s%n";

    private final PrintStream out;

    Report(PrintStream out) {
        this.out = out;
    }

    void cell(Result result) {
        Cell cell = result.cell();
        out.printf("%n%s%n", cell.name());
        List<Figure> figures = Stream.of(Figure.values())
                .filter(figure -> result.figure(cell.floor().label(), figure).isPresent())
                .toList();
        for (Figure figure : figures) {
            out.printf("  %s%n", figure.label());
            cell.entrants().forEach(entrant -> entrant(result, entrant.label(), figure));
        }
        Figure steadiness = figures.contains(Figure.CPU) ? Figure.CPU : Figure.OPEN_CPU;
        out.printf(
                "  %d rounds; %d more were measured again as the floor differed from itself by over 10 %%; %d that count did%n",
                result.rounds().size(), result.repeated(), result.unsteady(steadiness));
    }

    private void entrant(Result result, String label, Figure figure) {
        Optional<Spread> measured = result.figure(label, figure);
        if (measured.isEmpty()) {
            return;
        }
        if (result.isVoid(label)) {
            out.printf(
                    Locale.ROOT, "    %-24s void: %.2f %% of the texts were lost%n", label, 100 * result.lost(label));
            return;
        }
        Spread ratio = result.ratio(label, result.cell().floor().label(), figure);
        out.printf(
                Locale.ROOT,
                "    %-24s %30s   %s%n",
                label,
                whole(measured.get().map(figure::shown)),
                label.equals(result.cell().floor().label()) ? "floor" : "× " + parts(ratio));
    }

    void targets(List<Result> results) {
        out.printf("%n" + TARGET, "cell", "entrant", "target", "figure", "");
        for (Result result : results) {
            Stream.concat(
                            Target.all().stream()
                                    .filter(target ->
                                            target.cell().equals(result.cell().name())),
                            Target.peers(result))
                    .filter(target -> result.has(target.entrant()))
                    .forEach(target -> target(target, result));
        }
    }

    private void target(Target target, Result result) {
        Spread figure = target.figure().apply(result);
        String shown = target.bound() > 20 ? whole(figure) : parts(figure);
        String verdict = target.isVoid(result) ? "void" : target.met(figure) ? "met" : "missed";
        out.printf(TARGET, target.cell(), target.entrant(), target.wanted(), shown, verdict);
    }

    private static String whole(Spread spread) {
        return String.format(Locale.ROOT, "%,.0f (%,.0f–%,.0f)", spread.median(), spread.min(), spread.max());
    }

    private static String parts(Spread spread) {
        return String.format(Locale.ROOT, "%.2f (%.2f–%.2f)", spread.median(), spread.min(), spread.max());
    }
}
