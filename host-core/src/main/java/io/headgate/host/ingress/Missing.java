package io.headgate.host.ingress;

import io.headgate.plugin.IngressEvent;

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

    /** The two runs as one. */
    Missing followedBy(Missing later) {
        return new Missing(later.epoch, later.sequence, count + later.count, firstAtMillis, later.lastAtMillis);
    }

    IngressEvent.Gap gap(String connection) {
        return new IngressEvent.Gap(connection, epoch, sequence, count, firstAtMillis, lastAtMillis);
    }
}
