package io.headgate.host.loading;

import io.headgate.host.loading.PluginUnload.State;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * The plugins from jars of one host.
 *
 * @param plugins each of them
 */
public record LoadedPlugins(List<LoadedPlugin> plugins) {

    /** Between two looks at what was collected. */
    private static final Duration PAUSE = Duration.ofMillis(50);

    /** Copies the list. */
    public LoadedPlugins {
        plugins = List.copyOf(plugins);
    }

    /**
     * Lets go of the code of all of them.
     *
     * @return those whose code a thread runs or holds at this moment
     */
    public List<PluginUnload> release() {
        plugins.forEach(LoadedPlugin::release);
        return unloads().stream().filter(unload -> !unload.heldBy().isEmpty()).toList();
    }

    private List<PluginUnload> unloads() {
        return plugins.stream().map(LoadedPlugin::unload).toList();
    }

    /**
     * Waits until the code of those that were released has left the memory.
     *
     * @param patience how long to wait
     * @return asks the JVM for a collection ({@link System#gc()}, which stops the application for a moment, and which a JVM may be
     *     told to ignore) and looks, every 50 ms, on a thread of its own that ends with it; answers how it is as soon as there is
     *     nothing to wait for, and when the patience is over at the latest. Never fails
     */
    public Mono<List<PluginUnload>> collected(Duration patience) {
        return Mono.using(LoadedPlugins::thread, thread -> collected(patience, thread), Scheduler::dispose);
    }

    private static Scheduler thread() {
        return new ContextScheduler(Schedulers.newSingle("headgate-unload", true), () -> null);
    }

    private Mono<List<PluginUnload>> collected(Duration patience, Scheduler thread) {
        long end = thread.now(TimeUnit.MILLISECONDS) + patience.toMillis();
        return Flux.interval(Duration.ZERO, PAUSE, thread)
                .map(look -> afterCollection())
                .takeUntil(unloads -> unloads.stream().noneMatch(unload -> unload.state() == State.RETAINED)
                        || thread.now(TimeUnit.MILLISECONDS) >= end)
                .last();
    }

    private List<PluginUnload> afterCollection() {
        if (plugins.stream().anyMatch(LoadedPlugin::isWaitedFor)) {
            System.gc();
        }
        return unloads();
    }
}
