package io.headgate.samples.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.samples.benchmarks.child.Child;
import io.headgate.samples.benchmarks.contender.Contenders;
import io.headgate.samples.benchmarks.contender.Shape;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A cell of each kind, from process to table: not how fast anything is, but that all is measured, and nothing lost. */
@Tag("measuring")
final class RoundsTest {

    private static final Shape TWO = Shape.of(2);
    private static final Settings QUICK = new Settings(false, 1, 500, 0, "", List.of(), Optional.empty());

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(Cell.Kind.class)
    void a_cell_is_measured_reported_and_recorded(Cell.Kind kind) {
        Entrant ours = new Entrant("ours", Contenders.HEADGATE_HOST_HOLD, TWO, kind == Cell.Kind.FLOOD ? 0.1 : 0);
        Cell cell = new Cell("cell", kind, 100, 1000, List.of(Entrant.of(Contenders.RAW_NETTY, TWO), ours));
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);

        try (Child server = Rounds.startServer();
                Rounds rounds = new Rounds(cell, QUICK, server, out)) {
            Result result = rounds.run();
            new Report(out).cell(result);
            assertThat(rounds.record(folder))
                    .singleElement()
                    .satisfies(file -> assertThat(file).isNotEmptyFile());

            assertThat(result.rounds()).hasSize(1);
            assertThat(cell.entrants()).allSatisfy(entrant -> {
                assertThat(result.lost(entrant.label())).isZero();
                assertThat(result.figure(entrant.label(), measure(kind)))
                        .hasValueSatisfying(spread -> assertThat(spread.min()).isPositive());
                assertThat(result.figure(entrant.label(), Figure.PONG_QUIET).filter(spread -> spread.min() > 0))
                        .matches(
                                timed -> timed.isPresent() == (kind == Cell.Kind.IDLE),
                                "pongs are timed where all is idle");
            });
        }
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("cell", ours.label(), measure(kind).label(), "floor", "1 rounds");
    }

    /** What cannot be nothing however short it was: the system tells processor time in steps of 10 ms. */
    private static Figure measure(Cell.Kind kind) {
        return switch (kind) {
            case FLOOD, PACED, SEND -> Figure.RATE;
            case ECHO -> Figure.P50;
            case IDLE -> Figure.OPEN_TIME;
        };
    }
}
