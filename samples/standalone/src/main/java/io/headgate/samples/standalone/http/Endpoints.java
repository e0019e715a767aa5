package io.headgate.samples.standalone.http;

import io.headgate.host.health.HealthReport;
import io.headgate.host.health.HealthRule;
import io.headgate.host.health.Readiness;
import io.headgate.host.service.HostStatus;
import io.headgate.host.service.PluginHost;
import io.headgate.host.status.StatusJson;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.time.Duration;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** What is answered as a whole. Made on a thread that may take its time, and not for each request that comes in the same moment. */
final class Endpoints {

    /** A browser may ask each second, and several may: a status is taken this often at most. */
    private static final Duration VALID_FOR = Duration.ofMillis(250);

    /** A status is locks that are held for microseconds: one that takes so long will never come. */
    private static final Duration ALIVE_WITHIN = Duration.ofSeconds(5);

    private final HealthRule rule;
    private final PrometheusMeterRegistry registry;
    private final Scheduler worker;
    private final Mono<HostStatus> status;

    Endpoints(PluginHost host, HealthRule rule, PrometheusMeterRegistry registry, Scheduler worker) {
        this.rule = rule;
        this.registry = registry;
        this.worker = worker;
        this.status = made(host::status).cache(VALID_FOR);
    }

    /** Whether the process answers at all: whoever restarts it must not do so for a peer that is down. */
    Mono<Answer> live() {
        return status.timeout(ALIVE_WITHIN)
                .map(taken -> Answer.ok(Answer.TEXT, "live\n"))
                .onErrorReturn(Answer.refused(
                        HttpResponseStatus.SERVICE_UNAVAILABLE,
                        "not live: no status within " + ALIVE_WITHIN.toSeconds()
                                + " s; take a thread dump, then restart the process"));
    }

    Mono<Answer> ready() {
        return status.map(rule::of).map(Endpoints::readiness);
    }

    /** A word, and no more: probes bring no token, and what is wrong is for who may read the status. */
    private static Answer readiness(HealthReport health) {
        HttpResponseStatus status = health.readiness() == Readiness.NOT_READY
                ? HttpResponseStatus.SERVICE_UNAVAILABLE
                : HttpResponseStatus.OK;
        return new Answer(status, Answer.TEXT, health.readiness().wireName() + "\n");
    }

    Mono<Answer> status() {
        return status.map(taken -> Answer.ok(Answer.JSON, StatusJson.write(taken, rule.of(taken))));
    }

    Mono<Answer> metrics() {
        return made(registry::scrape).map(text -> Answer.ok("text/plain; version=0.0.4; charset=utf-8", text));
    }

    private <T> Mono<T> made(Supplier<T> by) {
        return Mono.fromSupplier(by).subscribeOn(worker);
    }
}
