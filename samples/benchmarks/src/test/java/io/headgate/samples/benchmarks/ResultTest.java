package io.headgate.samples.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.headgate.samples.benchmarks.contender.Shape;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ResultTest {

    private static final Cell CELL = new Cell(
            "cell",
            Cell.Kind.FLOOD,
            64,
            0,
            List.of(Entrant.of("floor", Shape.of(1)), Entrant.of("a", Shape.of(1)), Entrant.of("b", Shape.of(1))));

    @Test
    void a_ratio_is_taken_round_by_round() {
        // The machine is half as fast in the second round: the figures double, the ratio stays.
        Result result = new Result(CELL, List.of(round(100, 150, 100), round(200, 300, 200)), 0);

        assertThat(result.ratio("a", "floor", Figure.CPU)).isEqualTo(new Spread(1.5, 1.5, 1.5));
        assertThat(result.figure("a", Figure.CPU)).hasValue(new Spread(225, 150, 300));
    }

    @Test
    void two_entrants_are_compared_in_the_same_round() {
        Result result = new Result(CELL, List.of(round(100, 150, 100), round(100, 300, 100)), 0);

        assertThat(result.ratio("a", "b", Figure.CPU)).isEqualTo(new Spread(1.125, 0.75, 1.5));
    }

    @Test
    void the_floor_is_the_mean_of_its_two_figures() {
        assertThat(round(100, 120, 140).ratio("a", Figure.CPU)).isEqualTo(1);
        assertThat(round(100, 120, 140).ratio("floor", Figure.CPU)).isEqualTo(1);
    }

    @Test
    void a_round_is_unsteady_when_the_floor_differs_from_itself_by_more_than_a_tenth() {
        assertThat(round(100, 1, 112).unrest(Figure.CPU)).isCloseTo(0.12, within(1e-9));
        assertThat(round(112, 1, 100).unrest(Figure.CPU)).isCloseTo(0.12, within(1e-9));
        Result result = new Result(CELL, List.of(round(100, 1, 112), round(100, 1, 109)), 0);
        assertThat(result.unsteady(Figure.CPU)).isOne();
    }

    @Test
    void the_middle_of_an_even_number_is_between_two() {
        assertThat(Spread.of(List.of(4.0, 1.0, 3.0, 2.0))).isEqualTo(new Spread(2.5, 1, 4));
        assertThat(Spread.of(List.of(3.0, 1.0, 2.0))).isEqualTo(new Spread(2, 1, 3));
    }

    @Test
    void one_text_in_a_thousand_may_be_lost_and_not_more() {
        assertThat(losing(1000, 999).isVoid("a")).isFalse();
        assertThat(losing(1000, 998).isVoid("a")).isTrue();
        assertThat(losing(1000, 998).isVoid("b")).isFalse();
    }

    @Test
    void the_order_is_turned_round() {
        assertThat(Round.ordered(List.of(1, 2, 3), false)).containsExactly(1, 2, 3);
        assertThat(Round.ordered(List.of(1, 2, 3), true)).containsExactly(3, 2, 1);
    }

    private static Result losing(long sent, long delivered) {
        Sample whole = cpu(1);
        Map<String, Sample> samples = Map.of("a", whole.losing(sent, delivered), "b", whole);
        return new Result(CELL, List.of(new Round(whole, samples, whole)), 0);
    }

    /** What b uses is always 200. */
    private static Round round(double before, double a, double after) {
        return new Round(cpu(before), Map.of("a", cpu(a), "b", cpu(200)), cpu(after));
    }

    private static Sample cpu(double nanos) {
        return Sample.of(Figure.CPU, nanos);
    }
}
