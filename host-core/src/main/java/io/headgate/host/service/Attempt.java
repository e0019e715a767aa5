package io.headgate.host.service;

import io.headgate.host.transport.ConnectionSpec;
import io.headgate.host.transport.Session;
import io.headgate.host.transport.TransportException;
import io.headgate.host.transport.Wire;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * One dial and the session it brings: can be cut off at any moment, and says when it is over. Any thread.
 *
 * <p>A cut and the session's thread may meet, and neither waits for the other. So the session says that it begins before it looks
 * whether there was a cut, and who cuts says so before it looks whether a session has begun: one of them sees the other. What is
 * cut before it began does not begin; else the attempt is over only when the session's thread has done what it was about.
 */
final class Attempt {

    private final @Nullable ConnectionSpec spec;
    private final Sinks.Empty<Void> cut = Sinks.empty();
    private final Sinks.Empty<Void> over = Sinks.empty();
    private volatile @Nullable TransportException why;
    /** What the peer chose; null before it has. */
    private volatile @Nullable String spoken;
    /** Of the session that the dial brought; null before and after. */
    private volatile @Nullable Wire wire;

    private volatile boolean isCut;

    /**
     * Makes one that has not begun.
     *
     * @param spec how it is dialled; null for one that is not
     */
    Attempt(@Nullable ConnectionSpec spec) {
        this.spec = spec;
    }

    static Attempt none() {
        Attempt none = new Attempt(null);
        // New, so nobody has told it before.
        none.over.tryEmitEmpty();
        return none;
    }

    ConnectionSpec spec() {
        return Objects.requireNonNull(spec, "nothing is dialled");
    }

    /** The peer has accepted. Answers whether the session may begin. On the session's thread. */
    boolean begins(Session session) {
        spoken = session.subprotocol();
        wire = session.wire();
        return !isCut;
    }

    /** Why it may not go on as it was dialled. */
    Optional<TransportException> broken(Permission permission) {
        ConnectionSpec dialled = spec;
        String chosen = spoken;
        if (dialled == null) {
            return Optional.empty();
        }
        return chosen == null
                ? permission.broken(dialled)
                : permission.broken(dialled, chosen.isEmpty() ? List.of() : List.of(chosen));
    }

    /** The life of the session, which may be cut off. */
    Mono<Void> live(Mono<Void> session) {
        return session.takeUntilOther(cut.asMono())
                .then(Mono.<Void>defer(this::quiet))
                .then(Mono.<Void>defer(this::reason))
                .doFinally(signal -> isOver());
    }

    private void isOver() {
        wire = null;
        over.tryEmitEmpty();
    }

    /** After a cut: completes on the session's thread, which has nothing to say of the session from then on. */
    private Mono<Void> quiet() {
        Wire used = wire;
        return !isCut || used == null
                ? Mono.empty()
                : Mono.create(sink -> {
                    if (!used.execute(sink::success)) {
                        sink.success();
                    }
                });
    }

    private Mono<Void> reason() {
        TransportException given = why;
        return given == null ? Mono.empty() : Mono.error(given);
    }

    /** Closes the socket at once, and completes when it is over. */
    Mono<Void> cutOff() {
        isCut = true;
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
