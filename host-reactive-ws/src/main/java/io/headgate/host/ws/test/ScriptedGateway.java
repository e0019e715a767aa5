package io.headgate.host.ws.test;

import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * A real WebSocket server on the loopback interface that does what it is told, right or wrong, and knows afterwards whether
 * all of it happened. It has no manners of its own: it answers no ping and no Close but by a step.
 *
 * <pre>{@code
 * try (ScriptedGateway gateway = ScriptedGateway.start()) {
 *     gateway.onConnect(script -> script.acceptUpgrade().text("hello").expectText("hi").then(Fault.RESERVED_BITS));
 *     gateway.onConnect(Fault.TOO_MANY_429);
 *     // dial gateway.uri(), twice
 *     gateway.assertConsumed();
 * }
 * }</pre>
 *
 * <p>Scripts are taken in order, one by each connection that is accepted; one without a script is reset, and takes none that is added later. Steps are made in
 * order; an expectation takes the next thing that came, and fails the script, and with it the connection, where that is
 * another.
 *
 * <p>It has one thread, {@code scripted-gateway}, a daemon; every method may be called by any other.
 */
public final class ScriptedGateway implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final LoopThread thread = new LoopThread("scripted-gateway");
    private final MultiThreadIoEventLoopGroup loop =
            new MultiThreadIoEventLoopGroup(1, thread, NioIoHandler.newFactory());
    private final Scheduler timers;
    private final List<Progress> scripts = new ArrayList<>();
    /** The loop needs this object's lock to accept, so nobody who holds it may wait for the loop. */
    private final Listener listener;

    private int connections;
    private int taken;

    private ScriptedGateway(@Nullable Scheduler timers, int at) {
        this.timers = timers == null ? Schedulers.fromExecutorService(loop) : timers;
        this.listener = listenOrEnd(at);
    }

    /**
     * Starts a gateway on a free port of the loopback interface. Its pauses and drips take real time.
     *
     * @return the gateway, which listens
     */
    public static ScriptedGateway start() {
        return new ScriptedGateway(null, 0);
    }

    /**
     * Starts a gateway on a free port of the loopback interface.
     *
     * @param timers runs its pauses and drips, such as a {@code VirtualTimeScheduler}; not disposed. Bytes travel in real time
     *     all the same
     * @return the gateway, which listens
     */
    public static ScriptedGateway start(Scheduler timers) {
        return new ScriptedGateway(timers, 0);
    }

    /** On a port that may be in use. */
    static ScriptedGateway startAt(int port) {
        return new ScriptedGateway(null, port);
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
    public synchronized ScriptedGateway onConnect(Script script) {
        scripts.add(new Progress(script));
        return this;
    }

    /**
     * Adds the script of a further connection.
     *
     * @param steps makes it from the empty one
     * @return this
     */
    public ScriptedGateway onConnect(UnaryOperator<Script> steps) {
        return onConnect(steps.apply(Script.empty()));
    }

    /**
     * Adds a further connection that breaks. {@link Fault#TCP_REFUSED} is no connection, and takes effect at once.
     *
     * @param fault how
     * @return this
     */
    public ScriptedGateway onConnect(Fault fault) {
        return fault == Fault.TCP_REFUSED ? refuse() : onConnect(fault.script());
    }

    /**
     * Stops listening: TCP is refused from now on. What is connected goes on.
     *
     * @return this
     */
    public ScriptedGateway refuse() {
        listener.refuse();
        return this;
    }

    /**
     * Listens again, on the same port.
     *
     * @return this
     */
    public ScriptedGateway listen() {
        listener.listen();
        return this;
    }

    /**
     * How many connections were accepted.
     *
     * @return those without a script among them
     */
    public synchronized int connections() {
        return connections;
    }

    /**
     * What came on a connection so far, expected or not.
     *
     * @param connection which, from 1, in the order in which they were accepted and scripted
     * @return what came, in order; the first 4,096, and the end
     */
    public List<Arrival> arrivals(int connection) {
        return progress(connection).arrivals();
    }

    private synchronized Progress progress(int connection) {
        if (connection < 1 || connection > scripts.size()) {
            throw new IllegalArgumentException(
                    "connection must be between 1 and " + scripts.size() + ", is " + connection);
        }
        return scripts.get(connection - 1);
    }

    /**
     * Asserts, within 10 s, that nothing was left: see {@link #assertConsumed(Duration)}.
     *
     * @throws AssertionError if something was
     */
    public void assertConsumed() {
        assertConsumed(PATIENCE);
    }

    /**
     * Waits until every script has ended, and asserts that each was taken, that each step of each was made, that nothing came
     * which was not expected, and that no connection was without a script. Blocks the calling thread.
     *
     * <p>It does not wait for what comes after the last step, and may miss it: end a script with {@link Script#expectEnd()} or
     * {@link Script#takeRest()} where that matters.
     *
     * @param patience how long to wait at most, in real time; 0 for not at all
     * @throws AssertionError if not; it names the steps that were not made and everything that came
     */
    public void assertConsumed(Duration patience) {
        List<Progress> all;
        synchronized (this) {
            all = List.copyOf(scripts);
        }
        await(CompletableFuture.allOf(all.stream().map(Progress::ended).toArray(CompletableFuture[]::new)), patience);
        List<String> complaints = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            String complaint = all.get(i).complaint("connection " + (i + 1));
            if (!complaint.isEmpty()) {
                complaints.add(complaint);
            }
        }
        int without = unscripted();
        if (without > 0) {
            complaints.add("connections without a script, which were reset: " + without);
        }
        if (!complaints.isEmpty()) {
            throw new AssertionError("the gateway's scripts were not consumed\n  " + String.join("\n  ", complaints));
        }
    }

    private synchronized int unscripted() {
        return connections - taken;
    }

    private static void await(CompletableFuture<Void> ended, Duration patience) {
        try {
            ended.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException impatient) {
            // What has not ended is named by its complaint.
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException("an end never fails", impossible);
        }
    }

    /** Closes every connection and the listening socket, and ends the thread. Asserts nothing. */
    @Override
    public void close() {
        listener.letGoOfPort();
        end();
    }

    private Listener listenOrEnd(int at) {
        boolean bound = false;
        try {
            Listener made = new Listener(loop, at, this::accept);
            bound = true;
            return made;
        } finally {
            if (!bound) {
                end();
            }
        }
    }

    private void end() {
        loop.shutdownGracefully(0, PATIENCE.toSeconds(), TimeUnit.SECONDS).syncUninterruptibly();
        thread.awaitEnd(PATIENCE);
    }

    private synchronized void accept(SocketChannel channel) {
        connections++;
        if (taken == scripts.size()) {
            channel.config().setSoLinger(0);
            channel.close();
            return;
        }
        Progress progress = scripts.get(taken);
        taken++;
        progress.begin();
        channel.pipeline().addLast(new ArrivalDecoder(), new Conversation(progress, new Acts(timers)));
    }
}
