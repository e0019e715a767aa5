package io.headgate.samples.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SettingsTest {

    @Test
    void defaults_are_the_short_form() {
        assertThat(Settings.read(key -> null))
                .isEqualTo(new Settings(false, 7, 1000, 3000, "", List.of(), Optional.empty()));
        assertThat(Settings.read(key -> ""))
                .isEqualTo(new Settings(true, 7, 1000, 3000, "", List.of(), Optional.empty()));
    }

    @Test
    void what_is_given_counts() {
        Map<String, String> given = Map.of(
                "bench.full",
                "true",
                "bench.rounds",
                "9",
                "bench.cells",
                "flood",
                "bench.entrants",
                "headgate , raw netty");
        assertThat(Settings.read(given::get))
                .isEqualTo(
                        new Settings(true, 9, 1000, 3000, "flood", List.of("headgate", "raw netty"), Optional.empty()));
        assertThat(Settings.read(Map.of("bench.full", "false")::get).full()).isFalse();
    }

    @Test
    void what_cannot_be_is_refused_by_name_value_and_bound() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Settings.read(Map.of("bench.rounds", "0")::get))
                .withMessage("bench.rounds must be a whole number from 1 to 100, is \"0\"");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Settings.read(Map.of("bench.millis", "2s")::get))
                .withMessage("bench.millis must be a whole number from 100 to 600000, is \"2s\"");
    }

    @Test
    void the_floor_is_among_the_entrants_whatever_is_asked_for() {
        Settings some = new Settings(true, 1, 100, 0, "outbound 64", List.of("loop", "host"), Optional.empty());
        assertThat(Cells.of(some))
                .singleElement()
                .satisfies(cell -> assertThat(cell.entrants())
                        .extracting(Entrant::label)
                        .containsExactly("raw-netty/bytes", "headgate-loop", "headgate-host"));
    }

    @Test
    void an_entrant_that_is_not_there_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Cells.of(new Settings(false, 1, 100, 0, "", List.of("hostt"), Optional.empty())))
                .withMessageStartingWith(
                        "bench.entrants must be parts of entrants' names, is [hostt]; there are [raw-netty, ");
    }

    @Test
    void a_cell_that_is_not_there_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Cells.of(new Settings(false, 1, 100, 0, "flod", List.of(), Optional.empty())))
                .withMessageStartingWith(
                        "bench.cells must be a part of a cell's name, is \"flod\"; there are [flood 1 KiB");
    }
}
