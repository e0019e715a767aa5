package io.headgate.host.service;

import io.headgate.plugin.CommandOutcome;
import io.headgate.plugin.IngressEvent;
import io.headgate.plugin.ServiceContext;
import java.util.Map;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;

/** The context of one incarnation. */
final class DefaultServiceContext implements ServiceContext {

    private final EventFailures failures;
    private final ServiceIdentity identity;
    private final OutcomeReporter outcomes;
    private final Scheduler worker;
    private final Incarnation incarnation;

    DefaultServiceContext(
            ServiceIdentity identity,
            OutcomeReporter outcomes,
            EventFailures failures,
            Scheduler worker,
            Incarnation incarnation) {
        this.identity = identity;
        this.outcomes = outcomes;
        this.failures = failures;
        this.worker = worker;
        this.incarnation = incarnation;
    }

    @Override
    public String plugin() {
        return identity.plugin();
    }

    @Override
    public String service() {
        return identity.service();
    }

    @Override
    public long incarnation() {
        return incarnation.number();
    }

    @Override
    public Map<String, String> settings() {
        return identity.settings();
    }

    @Override
    public Scheduler scheduler() {
        return incarnation.scheduler();
    }

    @Override
    public Flux<CommandOutcome> outcomes() {
        return outcomes.view(worker, incarnation.over());
    }

    @Override
    public void reportFailure(IngressEvent event, Throwable error) {
        failures.report(event.id(), error);
    }
}
