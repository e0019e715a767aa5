package io.headgate.samples.webflux;

import io.headgate.host.service.PluginHost;
import io.headgate.host.ws.ReactorNettyDriver;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;

/**
 * Starts the host before the web server and stops it behind: no call finds a host that does not run.
 *
 * <pre>
 *     the context closes    streams of events end, each behind what waits for it
 *     GRACEFUL_SHUTDOWN     the web server takes no call any more, and answers those that it has: the host still runs
 *     START_STOP            the web server ends
 *     PHASE                 the host stops: plugins have the grace, sockets are closed with 1001; then the driver ends
 * </pre>
 */
final class HostLifecycle implements SmartLifecycle {

    static final int PHASE = WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE - 1024;

    private enum State {
        NEW,
        RUNNING,
        STOPPED
    }

    private static final Logger LOG = LoggerFactory.getLogger(HostLifecycle.class);

    private final PluginHost host;
    private final ReactorNettyDriver driver;
    private final Duration grace;
    private final AtomicReference<State> state = new AtomicReference<>(State.NEW);

    HostLifecycle(PluginHost host, ReactorNettyDriver driver, Duration grace) {
        this.host = host;
        this.driver = driver;
        this.grace = grace;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    /** A host is not started again, so neither is this. */
    @Override
    public void start() {
        if (state.compareAndSet(State.NEW, State.RUNNING)) {
            host.diagnostics().subscribe(DiagnosticLog::write);
            host.start().subscribe();
        }
    }

    @Override
    public boolean isRunning() {
        return state.get() == State.RUNNING;
    }

    /** Tells Spring when it is done, which waits for as long as {@code spring.lifecycle.timeout-per-shutdown-phase} says. */
    @Override
    public void stop(Runnable callback) {
        host.stop(grace)
                .doOnNext(report -> LOG.info("the host has stopped: {}", report))
                .delayUntil(report -> driver.disposeLater())
                .doFinally(end -> {
                    state.set(State.STOPPED);
                    callback.run();
                })
                .subscribe();
    }

    @Override
    public void stop() {
        stop(() -> {});
    }
}
