package io.headgate.host.transport.test;

import io.headgate.host.transport.ConnectionSpec;
import io.headgate.host.transport.Frame;
import io.headgate.host.transport.SessionHandler;
import io.headgate.host.transport.SessionLife;
import io.headgate.host.transport.TransportException;
import io.headgate.plugin.FailureKind;
import io.headgate.plugin.Initiator;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * The far end of one dial of an {@link InMemoryDriver}: what a test makes the peer do, and what the peer saw.
 *
 * <pre>{@code
 * driver.peer("gateway").accept().text("hello").close(4000, "see you");
 * assertThat(driver.peer("gateway").sent()).containsExactly("welcome");
 * }</pre>
 *
 * <p>Every action happens at once, on the calling thread, unless another thread is in the session: then that one does it.
 * A peer that has not accepted yet cannot send: {@link IllegalStateException}. What it sends after the connection is gone
 * goes nowhere, as with a socket.
 */
public final class InMemoryPeer implements ConnectionDriverContract.RemotePeer {

    private final ConnectionSpec spec;
    private final Scheduler timers;
    private final Trampoline loop = new Trampoline();
    private final Sinks.One<InMemorySession> answer = Sinks.one();
    private final Sinks.Many<Frame> received = Sinks.many().replay().all();
    private final List<String> sent = new CopyOnWriteArrayList<>();
    private volatile boolean answersClose = true;
    private volatile boolean answersPings = true;
    private volatile boolean gone;
    private volatile Frame.@Nullable Close closeSent;
    private volatile @Nullable InMemorySession session;

    InMemoryPeer(ConnectionSpec spec, Scheduler timers) {
        this.spec = spec;
        this.timers = timers;
    }

    /** The dial that waits for this peer's answer, and the session behind it. */
    Mono<Void> connect(SessionHandler handler) {
        return answer.asMono()
                .timeout(spec.dial().upgrade(), Mono.error(this::silent), timers)
                .doOnCancel(this::disappear)
                // An answer that was there before the dial is told to the one who dials: it still belongs to the
                // session.
                .publishOn(Schedulers.fromExecutor(loop))
                .flatMap(open -> new SessionLife(open, open.closed()).run(handler));
    }

    /**
     * Accepts the upgrade, with no subprotocol.
     *
     * @return this peer
     */
    public InMemoryPeer accept() {
        return accept("");
    }

    /**
     * Accepts the upgrade. A dial is answered once.
     *
     * @param subprotocol one of those offered; empty for none
     * @return this peer
     */
    public InMemoryPeer accept(String subprotocol) {
        if (!subprotocol.isEmpty() && !spec.subprotocols().contains(subprotocol)) {
            throw new IllegalArgumentException("subprotocol must be one of " + spec.subprotocols());
        }
        InMemorySession opened =
                new InMemorySession(spec, subprotocol, loop, timers, this::take, this::answer, this::disappear);
        session = opened;
        loop.execute(() -> answer.tryEmitValue(opened).orThrow());
        return this;
    }

    /**
     * Makes the dial fail.
     *
     * @param error what the host is told
     * @return this peer
     */
    public InMemoryPeer refuse(TransportException error) {
        loop.execute(() -> answer.tryEmitError(error).orThrow());
        return this;
    }

    /**
     * Answers the upgrade with another status than 101.
     *
     * @param status the HTTP status
     * @return this peer
     */
    public InMemoryPeer refuse(int status) {
        return refuse(TransportException.refused(status, "the peer answered " + status, null));
    }

    @Override
    public InMemoryPeer text(String text) {
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        return act(open -> open.receive(new Frame.Text(text, bytes), bytes));
    }

    @Override
    public InMemoryPeer binary(int bytes) {
        return act(open -> open.receive(new Frame.Binary(bytes), bytes));
    }

    @Override
    public InMemoryPeer ping() {
        return act(open -> {
            open.receive(new Frame.Ping(0), 0);
            received.tryEmitNext(new Frame.Pong(0));
        });
    }

    @Override
    public InMemoryPeer pong() {
        return act(open -> open.receive(new Frame.Pong(0), 0));
    }

    @Override
    public InMemoryPeer close(int code, String reason) {
        return act(open -> open.receiveClose(code, reason));
    }

    @Override
    public InMemoryPeer end() {
        return act(open -> open.vanish(null));
    }

    @Override
    public InMemoryPeer reset() {
        return breakConnection("reset by the peer");
    }

    /**
     * Breaks the connection: the host's session fails, undecided writes too.
     *
     * @param message what the host is told
     * @return this peer
     */
    public InMemoryPeer breakConnection(String message) {
        return act(open -> open.vanish(new TransportException(FailureKind.TRANSPORT, message, null)));
    }

    /**
     * Stops taking what the host sends: its writes stay undecided and the wire is not writable.
     *
     * @return this peer
     */
    public InMemoryPeer stall() {
        return act(open -> open.stall(true, false));
    }

    /**
     * Stops taking what the host sends, while the transport still has room: its writes stay undecided, the wire stays
     * writable.
     *
     * @return this peer
     */
    public InMemoryPeer lag() {
        return act(open -> open.stall(true, true));
    }

    /**
     * Takes what has piled up, and what comes.
     *
     * @return this peer
     */
    public InMemoryPeer resume() {
        return act(open -> open.stall(false, true));
    }

    /**
     * Sends a part of a frame that it never completes.
     *
     * @return this peer
     */
    public InMemoryPeer part() {
        return act(InMemorySession::receivePart);
    }

    /**
     * Leaves the host's pings unanswered; until then it answers each at once.
     *
     * @return this peer
     */
    public InMemoryPeer ignorePings() {
        answersPings = false;
        return this;
    }

    @Override
    public InMemoryPeer ignoreClose() {
        answersClose = false;
        return this;
    }

    /**
     * What was dialled.
     *
     * @return the spec of this dial
     */
    public ConnectionSpec spec() {
        return spec;
    }

    /**
     * The texts this peer has taken.
     *
     * @return a snapshot, in the order of arrival
     */
    public List<String> sent() {
        return List.copyOf(sent);
    }

    /**
     * The Close frame the host sent: its own, or its answer to the peer's.
     *
     * @return the Close; empty while there was none
     */
    public Optional<Frame.Close> closeSent() {
        return Optional.ofNullable(closeSent);
    }

    @Override
    public Flux<Frame> received() {
        return received.asFlux();
    }

    /**
     * Whether the connection, or the dial before it, is over.
     *
     * @return {@code true} once the host hung up or gave up, or the peer ended or broke the connection
     */
    public boolean isGone() {
        return gone;
    }

    private InMemoryPeer act(Consumer<InMemorySession> action) {
        InMemorySession open = session;
        if (open == null) {
            throw new IllegalStateException(
                    "the peer has not accepted " + spec.connection() + " yet: call accept() first");
        }
        loop.execute(() -> action.accept(open));
        return this;
    }

    private void take(Frame frame) {
        received.tryEmitNext(frame);
        if (frame instanceof Frame.Text text) {
            sent.add(text.text());
        } else if (frame instanceof Frame.Close close) {
            closeSent = close;
            if (answersClose && close.initiator() == Initiator.HOST) {
                close(close.code(), close.reason());
            }
        }
    }

    private void answer(long ping) {
        if (answersPings) {
            act(open -> open.receive(new Frame.Pong(Long.BYTES, ping), Long.BYTES));
        }
    }

    private void disappear() {
        gone = true;
        received.tryEmitComplete();
    }

    private TransportException silent() {
        return new TransportException(
                FailureKind.TIMEOUT,
                "the peer did not answer the upgrade within " + spec.dial().upgrade(),
                null);
    }
}
