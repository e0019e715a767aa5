package io.headgate.host.transport.test;

import io.headgate.host.transport.ConnectionDriver;
import io.headgate.host.transport.ConnectionSpec;
import io.headgate.host.transport.Frame;
import io.headgate.host.transport.Session;
import io.headgate.host.transport.SessionHandler;
import io.headgate.host.transport.Unread;
import io.headgate.host.transport.Wire;
import java.util.Objects;
import java.util.function.Consumer;
import org.reactivestreams.Publisher;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** One dial of the driver under test, recorded: its session, the frames that came, how its life ended. */
final class ContractDial implements SessionHandler {

    private final SessionHandler handler;
    private final Sinks.One<Session> opened = Sinks.one();
    private final Sinks.Many<Frame> frames = Sinks.many().replay().all();
    private final Sinks.Empty<Void> life = Sinks.empty();
    private volatile boolean called;
    private final Disposable.Swap subscription = Disposables.swap();

    ContractDial(SessionHandler handler) {
        this.handler = handler;
    }

    void start(ConnectionDriver driver, ConnectionSpec spec) {
        subscription.update(
                driver.connect(spec, this).subscribe(nothing -> {}, life::tryEmitError, life::tryEmitEmpty));
    }

    @Override
    public Publisher<Void> handle(Session session) {
        called = true;
        Publisher<Void> work = handler.handle(new Recorded(session));
        opened.tryEmitValue(session).orThrow();
        return work;
    }

    Session session() {
        return Objects.requireNonNull(opened.asMono().block(ContractFixture.LIMIT), "session");
    }

    boolean wasOpened() {
        return called;
    }

    /** What the handler's subscriber to the frames got, replayed. */
    Flux<Frame> frames() {
        return frames.asFlux();
    }

    Mono<Void> life() {
        return life.asMono();
    }

    void cancel() {
        subscription.dispose();
    }

    /** Does something with the wire, on the session's thread. */
    void onWire(Consumer<Wire> action) {
        Wire wire = session().wire();
        if (!wire.execute(() -> action.accept(wire))) {
            throw new AssertionError("the session's thread has ended");
        }
    }

    /** Writes and flushes one text; completes or fails as its listener is told. */
    Mono<Void> write(String text) {
        Sinks.Empty<Void> written = Sinks.empty();
        onWire(wire -> {
            wire.write(text, error -> {
                if (error == null) {
                    written.tryEmitEmpty().orThrow();
                } else {
                    written.tryEmitError(error).orThrow();
                }
            });
            wire.flush();
        });
        return written.asMono();
    }

    /** The session as the handler sees it: what its frames bring is recorded on the way. */
    private final class Recorded implements Session {

        private final Session session;

        Recorded(Session session) {
            this.session = session;
        }

        @Override
        public String subprotocol() {
            return session.subprotocol();
        }

        @Override
        public Flux<Frame> frames() {
            return session.frames()
                    .doOnNext(frame -> frames.tryEmitNext(frame).orThrow())
                    .doOnComplete(frames::tryEmitComplete)
                    .doOnError(frames::tryEmitError);
        }

        @Override
        public Unread unread() {
            return session.unread();
        }

        @Override
        public long reads() {
            return session.reads();
        }

        @Override
        public Wire wire() {
            return session.wire();
        }
    }
}
