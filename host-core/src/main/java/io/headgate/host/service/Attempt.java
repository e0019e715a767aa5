package io.headgate.host.service;

import io.headgate.host.authority.AddressPolicy;
import io.headgate.host.transport.TransportException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** One dial and the session it brings: can be cut off at any moment, and says when it is over. Any thread. */
final class Attempt {

    private final AddressPolicy addresses;
    private final Sinks.Empty<Void> cut = Sinks.empty();
    private final Sinks.Empty<Void> over = Sinks.empty();
    private volatile @Nullable TransportException why;

    /**
     * Makes one that has not begun.
     *
     * @param addresses which addresses it may use
     */
    Attempt(AddressPolicy addresses) {
        this.addresses = addresses;
    }

    static Attempt none() {
        Attempt none = new Attempt(AddressPolicy.NONE);
        // New, so nobody has told it before.
        none.over.tryEmitEmpty();
        return none;
    }

    AddressPolicy addresses() {
        return addresses;
    }

    /** The life of the session, which may be cut off. */
    Mono<Void> live(Mono<Void> session) {
        return session.takeUntilOther(cut.asMono())
                .then(Mono.<Void>defer(this::reason))
                .doFinally(signal -> over.tryEmitEmpty());
    }

    private Mono<Void> reason() {
        TransportException given = why;
        return given == null ? Mono.empty() : Mono.error(given);
    }

    /** Closes the socket at once, and completes when it is over. */
    Mono<Void> cutOff() {
        // Once or more: every further one finds it given.
        cut.tryEmitEmpty();
        return over.asMono();
    }

    /** Likewise, with a reason that is the session's end. */
    Mono<Void> cutOff(TransportException reason) {
        why = reason;
        return cutOff();
    }
}
