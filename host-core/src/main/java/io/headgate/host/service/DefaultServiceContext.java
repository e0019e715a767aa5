package io.headgate.host.service;

import io.headgate.host.exchange.Exchanges;
import io.headgate.plugin.CommandOutcome;
import io.headgate.plugin.IngressEvent;
import io.headgate.plugin.PullWebSocket;
import io.headgate.plugin.ServiceContext;
import java.util.Map;
import java.util.Objects;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** The context of one incarnation. */
final class DefaultServiceContext implements ServiceContext {

    private final EventFailures failures;
    private final ServiceIdentity identity;
    private final OutcomeReporter outcomes;
    private final Scheduler worker;
    private final Exchanges exchanges;
    private final Incarnation incarnation;

    DefaultServiceContext(
            ServiceIdentity identity,
            OutcomeReporter outcomes,
            EventFailures failures,
            Scheduler worker,
            Exchanges exchanges,
            Incarnation incarnation) {
        this.identity = identity;
        this.outcomes = outcomes;
        this.failures = failures;
        this.worker = worker;
        this.exchanges = exchanges;
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
    public Mono<PullWebSocket> exchange(String connection) {
        return exchanges.open(Objects.requireNonNull(connection, "connection"), incarnation.number());
    }

    @Override
    public void reportFailure(IngressEvent event, Throwable error) {
        failures.report(event.id(), error);
    }
}
