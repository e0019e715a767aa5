package io.headgate.host.transport;

import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** The part of {@link ConnectionDriver#connect} that begins with the open session and is the same for every driver. */
public final class SessionLife {

    private static final int NORMAL = 1000;
    private static final int INTERNAL_ERROR = 1011;

    private final Session session;
    private final Mono<Void> closed;

    /**
     * Makes the life of an open session; nothing happens before {@link #run}.
     *
     * @param session the session
     * @param closed completes on the session's thread when the socket is closed; replayed to late subscribers
     */
    public SessionLife(Session session, Mono<Void> closed) {
        this.session = session;
        this.closed = closed;
    }

    /**
     * Calls the handler and lives as long as its publisher and the socket do.
     *
     * @param handler what to do with the session; called at subscription, which must happen on the session's thread
     * @return completes when the handler's publisher has completed and the socket is closed, after a Close with code 1000
     *     if it was open; fails with the handler's error, after code 1011 and once the socket is closed; cancelling aborts
     */
    public Mono<Void> run(SessionHandler handler) {
        return Mono.defer(() -> Mono.from(handle(handler)))
                .onErrorResume(error -> end(INTERNAL_ERROR).then(Mono.error(error)))
                .then(end(NORMAL))
                .doOnCancel(session.wire()::abort);
    }

    private Publisher<Void> handle(SessionHandler handler) {
        return handler.handle(session);
    }

    private Mono<Void> end(int code) {
        return Mono.defer(() -> close(code).subscribeOn(Schedulers.fromExecutor(this::execute)));
    }

    private Mono<Void> close(int code) {
        return Mono.defer(() -> {
            session.wire().close(code, "");
            return closed;
        });
    }

    /** A task whose thread has ended runs here: the socket is gone, nothing can be concurrent with it any more. */
    private void execute(Runnable task) {
        if (!session.wire().execute(task)) {
            task.run();
        }
    }
}
