package io.headgate.host.service;

import io.headgate.host.command.OutboundWriter;
import io.headgate.host.pipeline.EventNumbers;
import io.headgate.host.transport.Unread;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The last session that opened, as one value, so that its parts are never seen apart.
 *
 * @param epoch its epoch; 0 before any has opened
 * @param numbers numbers its events, and what follows them until the next one opens
 * @param writer its way out; {@code null} once it has ended
 * @param unread what it has read and nobody has asked for
 */
record LiveSession(
        long epoch, EventNumbers numbers, @Nullable OutboundWriter writer, Supplier<Unread> unread) {

    static LiveSession none() {
        return new LiveSession(0, new EventNumbers(), null, () -> Unread.NOTHING);
    }

    LiveSession ended() {
        return new LiveSession(epoch, numbers, null, () -> Unread.NOTHING);
    }
}
