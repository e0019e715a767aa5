package io.headgate.host.ingress;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What became of the texts of a connection or service, in events and in bytes on the wire. In one snapshot
 * {@code received = delivered + dropped + discarded + queued}.
 *
 * @param received an event was made of it
 * @param delivered claimed just before the plugin's {@code onNext}
 * @param drops refused or evicted by the overflow policy, by reason; a reason that did not occur is absent. Immutable
 * @param discards accepted, or received while stopping, but its service or incarnation ended before the claim, by reason,
 *     likewise
 * @param queued accepted and not yet claimed
 * @param controls control events; counted apart
 * @param gaps Gaps that were delivered; counted apart
 */
public record EventCounts(
        Tally received,
        Tally delivered,
        Map<DropReason, Tally> drops,
        Map<DiscardReason, Tally> discards,
        Tally queued,
        ControlCounts controls,
        long gaps) {

    /** Nothing has happened. */
    public static final EventCounts ZERO =
            new EventCounts(Tally.ZERO, Tally.ZERO, Map.of(), Map.of(), Tally.ZERO, ControlCounts.ZERO, 0);

    /** Copies the maps. */
    public EventCounts {
        drops = sum(DropReason.class, drops, Map.of());
        discards = sum(DiscardReason.class, discards, Map.of());
    }

    /**
     * All that was dropped.
     *
     * @return the sum of {@link #drops()}
     */
    public Tally dropped() {
        return drops.values().stream().reduce(Tally.ZERO, Tally::plus);
    }

    /**
     * All that was discarded.
     *
     * @return the sum of {@link #discards()}
     */
    public Tally discarded() {
        return discards.values().stream().reduce(Tally.ZERO, Tally::plus);
    }

    /**
     * The sum of both.
     *
     * @param other the other counts
     * @return the sum, term by term
     */
    public EventCounts plus(EventCounts other) {
        return new EventCounts(
                received.plus(other.received),
                delivered.plus(other.delivered),
                sum(DropReason.class, drops, other.drops),
                sum(DiscardReason.class, discards, other.discards),
                queued.plus(other.queued),
                controls.plus(other.controls),
                gaps + other.gaps);
    }

    /**
     * Whether nothing was lost uncounted, or counted twice.
     *
     * @return whether the law above holds, in events and in bytes
     */
    public boolean conserved() {
        return received.equals(delivered.plus(dropped()).plus(discarded()).plus(queued));
    }

    private static <R extends Enum<R>> Map<R, Tally> sum(Class<R> type, Map<R, Tally> one, Map<R, Tally> other) {
        if (one.isEmpty() && other.isEmpty()) {
            return Map.of();
        }
        Map<R, Tally> sum = new EnumMap<>(type);
        sum.putAll(one);
        other.forEach((reason, tally) -> sum.merge(reason, tally, Tally::plus));
        return Collections.unmodifiableMap(sum);
    }
}
