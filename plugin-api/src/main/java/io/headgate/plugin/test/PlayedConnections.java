package io.headgate.plugin.test;

import io.headgate.plugin.CommandOutcome.Result;
import io.headgate.plugin.IngressEvent;
import io.headgate.plugin.OutputCommand;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;

/**
 * The connections that have a {@link Peer}. All that happens on them is a task of the clock, so it comes in order, and never within a call
 * of the plugin's: a command is taken where it is emitted, and decided by the next task.
 */
final class PlayedConnections {

    private final Map<String, PlayedConnection> connections = new ConcurrentHashMap<>();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final Script script;
    private final Decisions decisions;
    private final Scheduler clock;
    private final Runnable decided;
    private boolean stopped;

    PlayedConnections(Script script, Decisions decisions, Scheduler clock, Runnable decided) {
        this.script = script;
        this.decisions = decisions;
        this.clock = clock;
        this.decided = decided;
    }

    void play(String connection, Peer peer, boolean dialledByHost) {
        PlayedConnection played = new PlayedConnection(connection, peer, dialledByHost, this);
        if (connections.putIfAbsent(connection, played) != null) {
            throw new IllegalStateException("\"" + connection + "\" has a peer already");
        }
        run(played::begin);
    }

    /** The host stops: the plugin is told no more, and nothing is dialled. What it sends yet reaches the peers. */
    void stop() {
        stopped = true;
    }

    boolean isStopped() {
        return stopped;
    }

    boolean isEmpty() {
        return connections.isEmpty();
    }

    /** Whether a command is for one of them; it is then decided by the next task. */
    boolean take(OutputCommand command) {
        PlayedConnection played = connections.get(command.connection());
        if (played != null) {
            run(() -> played.command(command));
        }
        return played != null;
    }

    // ---- for the connections

    Script script() {
        return script;
    }

    void emit(IngressEvent event) {
        if (!stopped) {
            script.emit(event);
        }
    }

    void decide(OutputCommand command, Result result, String rule) {
        decided.run();
        if (!stopped) {
            decisions.tell(command, result, rule);
        }
    }

    void run(Runnable task) {
        clock.schedule(guarded(task));
    }

    Disposable after(Duration delay, Runnable task) {
        return clock.schedule(guarded(task), delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    long nowMillis() {
        return clock.now(TimeUnit.MILLISECONDS);
    }

    void fail(Throwable problem) {
        failure.compareAndSet(null, problem);
    }

    /** The clock would drop what a task throws. */
    private Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException | AssertionError problem) {
                fail(problem);
            }
        };
    }

    void failIfBroken() {
        Throwable problem = failure.getAndSet(null);
        if (problem instanceof AssertionError broken) {
            throw broken;
        }
        if (problem != null) {
            throw new AssertionError("a peer failed: " + problem, problem);
        }
    }
}
