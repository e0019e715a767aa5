package io.headgate.samples.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.samples.benchmarks.contender.Contenders;
import io.headgate.samples.benchmarks.contender.Shape;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class TargetTest {

    private static final List<Cell> FULL = Cells.of(new Settings(true, 1, 100, 0, "", List.of(), Optional.empty()));

    @Test
    void each_is_of_a_cell_and_of_an_entrant_that_are_measured() {
        for (Target target : Target.all()) {
            assertThat(FULL).as("%s", target).anySatisfy(cell -> {
                assertThat(cell.name()).isEqualTo(target.cell());
                assertThat(cell.entrants()).anyMatch(entrant -> entrant.label().equals(target.entrant()));
            });
        }
    }

    @Test
    void each_contender_is_measured_somewhere() {
        Set<String> measured = FULL.stream()
                .flatMap(cell -> cell.entrants().stream())
                .map(Entrant::contender)
                .collect(Collectors.toSet());
        assertThat(measured).isEqualTo(Set.copyOf(Contenders.names()));
    }

    @Test
    void labels_are_unique_within_a_cell() {
        assertThat(FULL)
                .allSatisfy(cell -> assertThat(
                                cell.entrants().stream().map(Entrant::label).toList())
                        .doesNotHaveDuplicates());
    }

    @Test
    void the_short_form_is_a_part_of_everything() {
        assertThat(Cells.of(new Settings(false, 1, 100, 0, "", List.of(), Optional.empty())))
                .extracting(Cell::name)
                .isSubsetOf(FULL.stream().map(Cell::name).toList());
    }

    @Test
    void less_is_better_unless_it_is_a_rate() {
        Target cpu = Target.all().get(0);
        assertThat(cpu.met(new Spread(cpu.bound(), 0, 9))).isTrue();
        assertThat(cpu.met(new Spread(cpu.bound() + 0.01, 0, 9))).isFalse();
        Target rate = Target.all().stream().filter(Target::more).findFirst().orElseThrow();
        assertThat(rate.met(new Spread(rate.bound() - 0.01, 0, 9))).isFalse();
        assertThat(rate.met(new Spread(rate.bound() + 0.01, 0, 9))).isTrue();
    }

    @Test
    void a_string_is_two_objects_of_eight_byte_steps() {
        assertThat(Target.stringBytes(64)).isEqualTo(24 + 16 + 64);
        assertThat(Target.stringBytes(65)).isEqualTo(24 + 16 + 72);
    }

    @Test
    void a_figure_is_void_where_texts_were_lost_and_the_loss_itself_is_missed() {
        Target cpu = paced("CPU ns/frame");
        Target lost = paced("% lost");
        Result losing = paced(1000, 990);
        assertThat(cpu.isVoid(losing)).isTrue();
        assertThat(lost.isVoid(losing)).isFalse();
        assertThat(lost.met(lost.figure().apply(losing))).isFalse();
        Result whole = paced(1000, 1000);
        assertThat(cpu.isVoid(whole)).isFalse();
        assertThat(lost.met(lost.figure().apply(whole))).isTrue();
    }

    @Test
    void a_peer_that_lost_texts_is_no_measure() {
        String peer = Contenders.RAW_NETTY + Contenders.SAME;
        Entrant ours = Entrant.of(Contenders.HEADGATE_HOST, Shape.of(1));
        Cell cell = new Cell("cell", Cell.Kind.PACED, 64, 1, List.of(ours, Entrant.of(peer, Shape.of(1))));
        Sample sample = Sample.of(Figure.CPU, 1);
        Result result = new Result(cell, List.of(new Round(sample, Map.of(peer, sample.losing(1000, 990)), sample)), 0);
        assertThat(Target.peers(result)).singleElement().matches(target -> target.isVoid(result));
    }

    private static Target paced(String wanted) {
        return Target.all().stream()
                .filter(target ->
                        target.cell().equals(Cells.PACED) && target.wanted().startsWith(wanted))
                .findFirst()
                .orElseThrow();
    }

    private static Result paced(long sent, long delivered) {
        Cell cell = FULL.stream()
                .filter(each -> each.name().equals(Cells.PACED))
                .findFirst()
                .orElseThrow();
        Sample sample = Sample.of(Figure.CPU, 1);
        Map<String, Sample> samples = Map.of(Contenders.HEADGATE_HOST, sample.losing(sent, delivered));
        return new Result(cell, List.of(new Round(sample, samples, sample)), 0);
    }
}
