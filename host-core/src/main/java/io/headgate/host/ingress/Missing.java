package io.headgate.host.ingress;

import io.headgate.plugin.IngressEvent;
import org.jspecify.annotations.Nullable;

/**
 * A run of dropped texts of one connection, with nothing delivered between them. At the exit it becomes a Gap.
 *
 * @param epoch the session of the last one
 * @param sequence the sequence of the last one
 * @param count how many
 * @param firstAtMillis when the first was received
 * @param lastAtMillis when the last was received
 */
record Missing(long epoch, long sequence, long count, long firstAtMillis, long lastAtMillis) {

    static Missing of(IngressEvent dropped) {
        long at = dropped.receivedAtMillis();
        return new Missing(dropped.epoch(), dropped.sequence(), 1, at, at);
    }

    /** The two runs as one, where {@code later} follows this one and either may be absent. */
    static @Nullable Missing join(@Nullable Missing earlier, @Nullable Missing later) {
        if (earlier == null || later == null) {
            return earlier == null ? later : earlier;
        }
        return new Missing(
                later.epoch, later.sequence, earlier.count + later.count, earlier.firstAtMillis, later.lastAtMillis);
    }

    IngressEvent.Gap gap(String connection) {
        return new IngressEvent.Gap(connection, epoch, sequence, count, firstAtMillis, lastAtMillis);
    }
}
