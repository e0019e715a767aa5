package io.headgate.host.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Invariant 6: twenty services that misbehave, each in its own way, beside one that behaves. */
@Timeout(300)
final class NeighboursTest {

    private static final int ROUNDS = 3;
    /** With less than this to itself, the machine shows its other work and not ours. */
    private static final double BUSY_ELSEWHERE = 0.5;

    @Test
    @DisplayName("invariant 6: twenty that misbehave take nothing from one that behaves")
    void a_service_keeps_its_pace_beside_twenty_that_misbehave() {
        Neighbourhood.Round best = play();
        for (int round = 1; round < ROUNDS && best.ratio() >= 2; round++) {
            Neighbourhood.Round next = play();
            best = next.ratio() < best.ratio() ? next : best;
        }
        assumeTrue(
                best.ratio() < 2 || best.elsewhere() < BUSY_ELSEWHERE,
                "the machine is busy with something else: the latency says nothing about this host");
        assertThat(best.ratio()).isLessThan(2);
    }

    private static Neighbourhood.Round play() {
        try (Neighbourhood neighbours = new Neighbourhood()) {
            return neighbours.play();
        }
    }
}
