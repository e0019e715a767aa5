package io.headgate.plugin.test;

import io.headgate.plugin.CommandOutcome;
import io.headgate.plugin.IngressEvent;
import io.headgate.plugin.PullWebSocket;
import io.headgate.plugin.ServiceContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.BufferOverflowStrategy;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/** What a plugin under test sees of its host. */
final class HarnessContext implements ServiceContext {

    /** As {@link ServiceContext#outcomes()} promises. */
    private static final int OUTCOME_BUFFER = 256;

    private final String plugin;
    private final String service;
    private final long incarnation;
    private final Map<String, String> settings;
    private final Scheduler scheduler;
    private final Sinks.Many<CommandOutcome> outcomes = Sinks.many().multicast().directBestEffort();
    /** Guarded by itself: a plugin may report from a thread of its own. */
    private final List<ReportedFailure> failures = new ArrayList<>();

    private final ScriptedExchanges exchanges;

    private boolean failuresLookedAt;

    HarnessContext(Map<String, String> settings, Scheduler scheduler) {
        this("plugin-under-test", "service-under-test", 1, settings, scheduler);
    }

    HarnessContext(String plugin, String service, long incarnation, Map<String, String> settings, Scheduler scheduler) {
        this.plugin = plugin;
        this.service = service;
        this.incarnation = incarnation;
        this.exchanges = new ScriptedExchanges(scheduler);
        this.settings = Map.copyOf(settings);
        this.scheduler = scheduler;
    }

    @Override
    public String plugin() {
        return plugin;
    }

    @Override
    public String service() {
        return service;
    }

    @Override
    public long incarnation() {
        return incarnation;
    }

    @Override
    public Map<String, String> settings() {
        return settings;
    }

    @Override
    public Scheduler scheduler() {
        return scheduler;
    }

    @Override
    public Flux<CommandOutcome> outcomes() {
        // The buffer asks without bound, so that the sink, which passes over a subscriber without demand, never has
        // one.
        return outcomes.asFlux().onBackpressureBuffer(OUTCOME_BUFFER, BufferOverflowStrategy.DROP_OLDEST);
    }

    @Override
    public Mono<PullWebSocket> exchange(String connection) {
        return exchanges.open(connection);
    }

    ScriptedExchanges exchanges() {
        return exchanges;
    }

    @Override
    public void reportFailure(IngressEvent event, Throwable error) {
        synchronized (failures) {
            failures.add(new ReportedFailure(event, error));
            failuresLookedAt = false;
        }
    }

    void decided(CommandOutcome outcome) {
        // Without a subscriber, or after complete(), nobody is there to hear of it: as on the host.
        outcomes.tryEmitNext(outcome);
    }

    void complete() {
        outcomes.tryEmitComplete();
    }

    List<ReportedFailure> failures() {
        synchronized (failures) {
            failuresLookedAt = true;
            return List.copyOf(failures);
        }
    }

    List<ReportedFailure> unseenFailures() {
        synchronized (failures) {
            return failuresLookedAt ? List.of() : List.copyOf(failures);
        }
    }
}
