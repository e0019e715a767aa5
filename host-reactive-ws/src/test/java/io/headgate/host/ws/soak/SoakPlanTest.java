package io.headgate.host.ws.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a seed decides. */
final class SoakPlanTest {

    private static List<SoakPlan.Planned> plan(long seed, int count) {
        SoakPlan plan = new SoakPlan(seed);
        return Stream.generate(plan::next).limit(count).toList();
    }

    @Test
    void one_seed_is_one_plan() {
        assertThat(plan(42, 1000)).isEqualTo(plan(42, 1000)).isNotEqualTo(plan(43, 1000));
    }

    @Test
    void each_round_has_every_kind_of_fault() {
        int round = new SoakPlan(7).round();
        List<SoakPlan.Planned> two = plan(7, 2 * round);

        assertThat(kinds(two.subList(0, round))).isEqualTo(kinds(two.subList(round, 2 * round)));
        assertThat(kinds(two).keySet().size()).isEqualTo(kinds());
    }

    @Test
    void faults_follow_one_another() {
        assertThat(plan(7, 1000)).extracting(SoakPlan.Planned::atMillis).isSorted();
    }

    @Test
    void a_path_names_its_place() {
        assertThat(Place.ALL)
                .hasSize(200)
                .allSatisfy(place -> assertThat(Place.ofPath(place.path())).isEqualTo(place));
    }

    private static java.util.Map<String, Long> kinds(List<SoakPlan.Planned> planned) {
        return planned.stream()
                .collect(Collectors.groupingBy(one -> one.fault().getClass().getSimpleName(), Collectors.counting()));
    }

    /** The records among the nested types. */
    private static int kinds() {
        return (int) Stream.of(SoakFault.class.getDeclaredClasses())
                .filter(Class::isRecord)
                .count();
    }
}
