package io.headgate.host.ws.stops;

import static io.headgate.host.ws.stops.StopState.BLOCKED;
import static io.headgate.host.ws.stops.StopState.BLOCKED_AND_FLOODED;
import static io.headgate.host.ws.stops.StopState.DEAF;
import static io.headgate.host.ws.stops.StopState.DEAF_AND_FLOODED;
import static io.headgate.host.ws.stops.StopState.IDLE;
import static io.headgate.host.ws.stops.StopState.UNREADING;

import io.headgate.host.service.StopReport;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Which states are stopped together: those of which the outcome is the same whatever the machine is busy with. Where nothing need be
 * cut off the grace is longer than anything takes; where it is short, nothing would ever complete.
 */
@SuppressWarnings("ImmutableEnumChecker") // Nobody changes the sets.
enum RoundKind {
    /** All complete in the grace. */
    ENDING(EnumSet.range(StopState.CONNECTING, StopState.FINISHED), Duration.ofHours(1), Duration.ofHours(1)),
    /** All are cut off. */
    CUT_OFF(EnumSet.range(IDLE, StopState.SHORT_OF_TOKENS), Duration.ofMillis(10), Duration.ofHours(1)),
    /** All are cut off, and their peers are waited for until the close timeout. */
    UNANSWERED(EnumSet.of(DEAF, UNREADING, DEAF_AND_FLOODED), Duration.ofMillis(10), Duration.ofMillis(200)),
    /** All are cut off, and their code is waited for until the close timeout. */
    BLOCKING(EnumSet.of(BLOCKED, BLOCKED_AND_FLOODED), Duration.ofMillis(10), Duration.ofMillis(50));

    private static final List<RoundKind> TURNS =
            List.of(ENDING, CUT_OFF, ENDING, UNANSWERED, ENDING, CUT_OFF, ENDING, BLOCKING, ENDING, CUT_OFF);

    private final Set<StopState> states;
    private final Duration grace;
    private final Duration closeTimeout;

    RoundKind(Set<StopState> states, Duration grace, Duration closeTimeout) {
        this.states = states;
        this.grace = grace;
        this.closeTimeout = closeTimeout;
    }

    static RoundKind of(int round) {
        return TURNS.get(round % TURNS.size());
    }

    Set<StopState> states() {
        return states;
    }

    Duration grace() {
        return grace;
    }

    Duration closeTimeout() {
        return closeTimeout;
    }

    int blocked() {
        return this == BLOCKING ? states.size() : 0;
    }

    /** Which a stop has to name as cut off. */
    List<String> cutOff() {
        return this == ENDING ? List.of() : services();
    }

    private List<String> services() {
        return states.stream().map(StopState::service).toList();
    }

    /** Whether the stop went as it has to. A thread that does not get to run within a close timeout of 200 ms is called a zombie too. */
    boolean isAsExpected(StopReport report) {
        boolean zombies = this == UNANSWERED || report.zombies().equals(this == BLOCKING ? services() : List.of());
        return report.cutOff().equals(cutOff()) && zombies && report.retained().isEmpty();
    }
}
