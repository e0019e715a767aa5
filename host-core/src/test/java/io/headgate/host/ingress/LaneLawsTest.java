package io.headgate.host.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Hooks;

/**
 * Invariants 2 to 5 while all that can happen to a lane happens at once: conservation in every snapshot, the bounds, order for
 * each connection, no control event lost, nothing doubled, and Gaps that add up to what was dropped.
 */
@Timeout(120)
final class LaneLawsTest {

    private static final int EVENTS_EACH = 40_000;
    private static final int MANY_EVENTS_EACH = 350_000;
    private static final int MAX_EVENTS = 64;
    private static final long MAX_BYTES = 64 * 50;

    private static LaneStorm storm(OverflowPolicy policy, int share, int eventsEach) {
        return new LaneStorm(new LaneBounds(MAX_EVENTS, MAX_BYTES, policy, share), eventsEach);
    }

    static Stream<Arguments> lanes() {
        return Stream.of(OverflowPolicy.values())
                .flatMap(policy -> Stream.of(100, 34).map(share -> Arguments.of(policy, share)));
    }

    @ParameterizedTest(name = "{0}, share {1}%")
    @MethodSource("lanes")
    void the_laws_hold_from_several_threads(OverflowPolicy policy, int share) {
        assertLaws(storm(policy, share, EVENTS_EACH).run(), "laws");
    }

    @ParameterizedTest(name = "{0}, share {1}%")
    @MethodSource("lanes")
    @DisplayName("pitfall 20: the laws hold with automatic context propagation, which turns fusion off")
    void the_laws_hold_with_context_propagation(OverflowPolicy policy, int share) {
        Hooks.enableAutomaticContextPropagation();
        try {
            assertLaws(storm(policy, share, EVENTS_EACH).run(), "laws, propagating");
        } finally {
            Hooks.disableAutomaticContextPropagation();
        }
    }

    @Test
    void the_laws_hold_over_a_million_operations() {
        LaneStorm storm =
                storm(OverflowPolicy.DROP_OLDEST, 50, MANY_EVENTS_EACH).run();
        assertLaws(storm, "stress");
    }

    @ParameterizedTest(name = "{0}, share {1}%")
    @MethodSource("lanes")
    void the_ledger_holds_when_a_lane_is_stopped_in_the_midst_of_it(OverflowPolicy policy, int share) {
        LaneStorm storm = storm(policy, share, EVENTS_EACH).stopMidway();
        System.out.println("lane: stopped: " + storm);
        storm.connections().forEach(StormConnection::assertTheLedger);
        assertThat(storm.counts().discards()).containsKey(DiscardReason.STOPPING);
    }

    private static void assertLaws(LaneStorm storm, String name) {
        System.out.println("lane: " + name + ": " + storm);
        storm.connections().forEach(StormConnection::assertTheLedger);
        storm.connections().forEach(StormConnection::assertNothingUntold);
        EventCounts all = storm.counts();
        assertThat(all.delivered().events()).isPositive();
        assertThat(all.dropped().events()).isPositive();
        assertThat(all.discards().keySet()).containsOnly(DiscardReason.INCARNATION_ENDED);
        assertThat(storm.overflows).isNotEmpty();
        if (all.drops().containsKey(DropReason.OVERFLOW_CLOSE)) {
            // One close for a session, however much it goes on sending.
            assertThat(storm.overflows.stream().map(told -> told.connection() + told.epoch()))
                    .doesNotHaveDuplicates();
        }
    }
}
