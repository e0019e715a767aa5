package io.headgate.host.ws.test;

import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Stands between a host and a real server, and does to their TCP what it is told: below the protocol, which it does not know.
 *
 * <pre>
 *                      ┌────────── FaultProxy ──────────┐
 *            ◄─────────┼── TO_HOST ◄── fault ◄──────────┼─────────
 *     host             │                                │            peer
 *            ──────────┼──────────► fault ──► TO_PEER ──┼────────►
 *                      └────────────────────────────────┘
 * </pre>
 *
 * <pre>{@code
 * try (ScriptedGateway gateway = ScriptedGateway.start();
 *         FaultProxy proxy = FaultProxy.to("localhost", gateway.port())) {
 *     proxy.onConnect(TcpScript.of(TcpFault.slice(Way.TO_HOST, 1)).after(Way.TO_HOST, 200, TcpFault.freeze()));
 *     // dial proxy.uri()
 *     proxy.now(TcpFault.vanish(Way.TO_PEER));
 *     proxy.awaitLost(Way.TO_PEER, 1);
 *     proxy.heal();
 * }
 * }</pre>
 *
 * <p>Scripts are taken in order, one by each connection that is accepted; one without a script gets the fault of the last
 * {@link #now(TcpFault)}, which is {@link TcpFault#pass()} at first. For each accepted connection the peer is dialled, whatever the
 * fault; where that fails, the connection is reset. Each side's FIN and RST go the way of the bytes, behind them, and so does what holds back a
 * writer: where the one side does not read, the other is not read from, beyond 64 KiB.
 *
 * <p>It has one thread, {@code fault-proxy}, a daemon; every method may be called by any other. They wait for that thread, and so must not be
 * called by an event loop.
 */
public final class FaultProxy implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final LoopThread thread = new LoopThread("fault-proxy");
    private final MultiThreadIoEventLoopGroup loop =
            new MultiThreadIoEventLoopGroup(1, thread, NioIoHandler.newFactory());
    private final Tally tally = new Tally();
    private final Tunnels tunnels;
    private final Listener listener;

    private FaultProxy(InetSocketAddress peer, @Nullable Scheduler timers) {
        this.tunnels = new Tunnels(peer, timers == null ? Schedulers.fromExecutorService(loop) : timers, tally);
        this.listener = listenOrEnd();
    }

    /**
     * Starts a proxy on a free port of the loopback interface. Its delays take real time.
     *
     * @param host the peer's host; a name is resolved now, once
     * @param port the peer's port; nobody has to listen there yet
     * @return the proxy, which listens
     * @throws IllegalArgumentException if the host has no address, or the port is none
     */
    public static FaultProxy to(String host, int port) {
        return new FaultProxy(address(host, port), null);
    }

    /**
     * Starts a proxy on a free port of the loopback interface.
     *
     * @param host the peer's host; a name is resolved now, once
     * @param port the peer's port; nobody has to listen there yet
     * @param timers runs its delays, throttles and steps after a time; not disposed. Bytes travel in real time all the same: wait with
     *     {@link #awaitHeld} before a virtual clock is moved on
     * @return the proxy, which listens
     * @throws IllegalArgumentException if the host has no address, or the port is none
     */
    public static FaultProxy to(String host, int port, Scheduler timers) {
        return new FaultProxy(address(host, port), timers);
    }

    private static InetSocketAddress address(String host, int port) {
        InetSocketAddress address = new InetSocketAddress(host, port);
        if (address.isUnresolved() || port == 0) {
            throw new IllegalArgumentException("no address to dial: " + host + ":" + port);
        }
        return address;
    }

    /**
     * Where it listens.
     *
     * @return {@code ws://localhost:<port>/}
     */
    public URI uri() {
        return URI.create("ws://localhost:" + port() + "/");
    }

    /**
     * Where it listens.
     *
     * @return the port
     */
    public int port() {
        return listener.port();
    }

    /**
     * Adds the script of a further connection.
     *
     * @param script the script
     * @return this
     */
    public FaultProxy onConnect(TcpScript script) {
        return onLoop(() -> tunnels.add(script));
    }

    /**
     * Adds a further connection with one fault from its beginning to its end.
     *
     * @param fault which
     * @return this
     */
    public FaultProxy onConnect(TcpFault fault) {
        return onConnect(TcpScript.of(fault));
    }

    /**
     * Does this to all that are open and to all to come, instead of their scripts, until it is told otherwise. It has begun when this returns.
     *
     * @param fault what
     * @return this
     */
    public FaultProxy now(TcpFault fault) {
        return onLoop(() -> tunnels.now(fault));
    }

    /**
     * Passes on again: {@link #now(TcpFault)} with {@link TcpFault#pass()}. What was held, delayed or frozen goes on at once; what vanished
     * stays so, FIN and RST too, and what was cut stays cut. Who sends to a side that has gone is told by RST then, as by any kernel.
     *
     * @return this
     */
    public FaultProxy heal() {
        return now(TcpFault.pass());
    }

    /**
     * Stops listening: TCP is refused from now on. What is connected goes on.
     *
     * @return this
     */
    public FaultProxy refuse() {
        listener.refuse();
        return this;
    }

    /**
     * Listens again, on the same port.
     *
     * @return this
     */
    public FaultProxy listen() {
        listener.listen();
        return this;
    }

    /**
     * What it has seen so far.
     *
     * @return one consistent state
     */
    public TcpCounts counts() {
        return tally.counts();
    }

    /**
     * Waits, at most 10 s, for so many bytes to be lost on a way: a fault has met them.
     *
     * @param way which
     * @param bytes at least so many, of all connections together
     * @return the counts when it was so
     * @throws AssertionError if it was not
     */
    public TcpCounts awaitLost(Way way, long bytes) {
        return await(
                way + ": " + bytes + " bytes lost", counts -> counts.of(way).lost() >= bytes, PATIENCE);
    }

    /**
     * Waits, at most 10 s, for so many bytes to be passed on.
     *
     * @param way which
     * @param bytes at least so many, of all connections together
     * @return the counts when it was so
     * @throws AssertionError if it was not
     */
    public TcpCounts awaitPassed(Way way, long bytes) {
        return await(
                way + ": " + bytes + " bytes passed on",
                counts -> counts.of(way).passed() >= bytes,
                PATIENCE);
    }

    /**
     * Waits, at most 10 s, for so many bytes to be held: delayed, throttled, or not taken by the other side.
     *
     * @param way which
     * @param bytes at least so many, of all connections together
     * @return the counts when it was so
     * @throws AssertionError if it was not
     */
    public TcpCounts awaitHeld(Way way, long bytes) {
        return await(
                way + ": " + bytes + " bytes held", counts -> counts.of(way).held() >= bytes, PATIENCE);
    }

    /**
     * Waits, at most 10 s, until so many connections are open.
     *
     * @param connections exactly so many
     * @return the counts when it was so
     * @throws AssertionError if it was not
     */
    public TcpCounts awaitOpen(int connections) {
        return await("open: " + connections, counts -> counts.open() == connections, PATIENCE);
    }

    /**
     * Waits for something, and for the proxy to have done what it does about it, such as to set a timer. Blocks the calling thread.
     *
     * @param what in words, for the error
     * @param condition asked now by the caller, and at each change by the proxy's thread: quick, and must not throw
     * @param patience how long to wait at most, in real time; 0 for not at all
     * @return the counts when it was so
     * @throws AssertionError if it was not; it names the counts
     */
    public TcpCounts await(String what, Predicate<TcpCounts> condition, Duration patience) {
        TcpCounts met = tally.await(what, condition, patience);
        settle();
        return met;
    }

    /** What the loop was in the middle of when it counted, such as to set a timer, has been done when this returns. */
    private void settle() {
        if (!loop.isShuttingDown()) {
            onLoop(() -> {});
        }
    }

    /** Closes every connection and the listening socket, and ends the thread. Asserts nothing. */
    @Override
    public void close() {
        if (!loop.isShuttingDown()) {
            onLoop(tunnels::close);
        }
        listener.letGoOfPort();
        end();
    }

    private void end() {
        loop.shutdownGracefully(0, PATIENCE.toSeconds(), TimeUnit.SECONDS).syncUninterruptibly();
        thread.awaitEnd(PATIENCE);
    }

    /** Begun and over when it returns, and with it all that the loop had to do before. */
    FaultProxy onLoop(Runnable task) {
        loop.submit(task).syncUninterruptibly();
        return this;
    }

    private Listener listenOrEnd() {
        boolean bound = false;
        try {
            Listener made = new Listener(loop, 0, tunnels::accept);
            bound = true;
            return made;
        } finally {
            if (!bound) {
                end();
            }
        }
    }
}
