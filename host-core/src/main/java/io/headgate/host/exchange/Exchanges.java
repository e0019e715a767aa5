package io.headgate.host.exchange;

import io.headgate.host.authority.Access;
import io.headgate.host.authority.Authority;
import io.headgate.host.authority.Rule;
import io.headgate.host.authority.Target;
import io.headgate.host.authority.Verdict;
import io.headgate.host.transport.ConnectionDriver;
import io.headgate.host.transport.ConnectionSpec;
import io.headgate.host.transport.TransportException;
import io.headgate.plugin.PullException;
import io.headgate.plugin.PullWebSocket;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The exchanges of one service: who may open one, how many at once, what became of them, and their end. Safe for any thread.
 *
 * <p>They never touch the ingress lane: what a peer says in an exchange is no event.
 */
public final class Exchanges {

    private static final Verdict.Refused STOPPING = new Verdict.Refused(
            Rule.SERVICE_STOPPING, "the service is stopping, nothing is dialled any more", "nothing");
    private static final Verdict.Refused ENDED = new Verdict.Refused(
            Rule.INCARNATION_ENDED,
            "the incarnation of the service has ended",
            "nothing: a past incarnation neither dials nor sends");

    private final ExchangeEnvironment service;
    private final ExchangeLedger ledger;
    private final Pauses pauses = new Pauses();
    private final HandOver handOver;
    /** From the dial until the socket is gone; no more than there are places. */
    private final Set<Exchange> live = ConcurrentHashMap.newKeySet();

    private volatile boolean stopping;

    /**
     * Makes a service without exchanges.
     *
     * @param service what they are given
     */
    public Exchanges(ExchangeEnvironment service) {
        this.service = service;
        this.ledger = new ExchangeLedger(service.settings().atOnce());
        this.handOver = new HandOver(service.thread());
    }

    /**
     * What a plugin's {@code exchange} answers.
     *
     * @param connection the connection's name
     * @param incarnation the incarnation that asks
     * @return as {@link io.headgate.plugin.ServiceContext#exchange} has it
     */
    public Mono<PullWebSocket> open(String connection, long incarnation) {
        return Mono.defer(() -> {
            ExchangeReporter reporter =
                    new ExchangeReporter(service.service(), connection, ledger, service.log(), pauses, service.timer());
            return dialled(connection, incarnation, reporter);
        });
    }

    private Mono<PullWebSocket> dialled(String connection, long incarnation, ExchangeReporter reporter) {
        Authority authority = service.authority().get();
        Verdict verdict = stopping ? STOPPING : fence(incarnation);
        verdict = verdict instanceof Verdict.Refused ? verdict : authority.exchange(connection);
        if (verdict instanceof Verdict.Refused refused) {
            ledger.refused();
            return refusal(reporter, refused);
        }
        if (!ledger.enter()) {
            return refusal(reporter, tooMany());
        }
        Target target = authority.declaredTarget(connection).orElseThrow();
        ConnectionSpec spec =
                service.specs().spec(connection, target, authority.terms(connection, target, Access.EXCHANGE));
        Exchange exchange = new Exchange(
                spec,
                watched(reporter),
                service.settings(),
                service.timer(),
                reporter,
                () -> gate(connection, target, incarnation));
        return begun(exchange, incarnation);
    }

    /** The driver, whose refusals the operator is told. */
    private ConnectionDriver watched(ExchangeReporter reporter) {
        return (spec, handler) -> service.driver()
                .connect(spec, handler)
                .doOnError(error -> TransportException.refusal(
                                error, service.authority().get(), spec.connection(), spec.target(), Access.EXCHANGE)
                        .ifPresent(reporter::dialRefused));
    }

    private Mono<PullWebSocket> begun(Exchange exchange, long incarnation) {
        live.add(exchange);
        if (fence(incarnation) instanceof Verdict.Refused) {
            // It ended while this one took its place: who ends them may not have seen it.
            exchange.endWithIncarnation();
        }
        // Nor may who narrows what is granted.
        endUnlessAllowed(exchange);
        exchange.start(() -> live.remove(exchange));
        return Mono.<PullWebSocket>fromSupplier(() -> new DefaultPullWebSocket(exchange.claim(), handOver))
                // Cancelled between the claim and the emission: nobody holds it, so nobody would close it.
                .doOnDiscard(DefaultPullWebSocket.class, unheld -> exchange.giveUp())
                .delaySubscription(handOver.give(exchange.answered()))
                .doOnCancel(exchange::unlessClaimed)
                .doOnError(error -> exchange.unlessClaimed());
    }

    private Mono<PullWebSocket> refusal(ExchangeReporter reporter, Verdict.Refused refused) {
        PullException told = reporter.refused(refused);
        return handOver.give(Mono.error(told));
    }

    private Verdict.Refused tooMany() {
        int bound = service.settings().atOnce();
        return new Verdict.Refused(
                Rule.TOO_MANY_EXCHANGES,
                bound + " exchanges of the service are open, as many as may be at once",
                "close one before the next, and declare a connection for what lasts");
    }

    private Verdict gate(String connection, Target target, long incarnation) {
        // Authority first: what is taken away counts for what a past incarnation left as well.
        Verdict granted = service.authority().get().exchange(connection, target);
        return granted instanceof Verdict.Refused ? granted : fence(incarnation);
    }

    private Verdict fence(long incarnation) {
        return incarnation == service.incarnation().getAsLong() ? Verdict.ALLOWED : ENDED;
    }

    /**
     * Ends at once those that are no longer allowed.
     *
     * @return completes when nothing of them leaves any more. Looks at each subscription; the ends do not wait for it
     */
    public Mono<Void> reconsider() {
        return Mono.defer(() -> Mono.when(live.stream()
                .flatMap(exchange -> endUnlessAllowed(exchange).stream())
                .toList()));
    }

    private Optional<Mono<Void>> endUnlessAllowed(Exchange exchange) {
        ConnectionSpec spec = exchange.spec();
        Authority authority = service.authority().get();
        return exchange.endUnlessAllowed(authority.terms(spec.connection(), spec.target(), Access.EXCHANGE));
    }

    /** Opens no more; what is open goes on. */
    public void openNoMore() {
        stopping = true;
    }

    /**
     * Closes all that are open: their incarnation, which may no longer dial by then, has ended. Waits for nothing: what the plugin
     * is still owed of them is handed to its thread now, so that {@link #idle} comes behind it.
     */
    public void end() {
        live.forEach(Exchange::endWithIncarnation);
    }

    /**
     * Closes all that are open.
     *
     * @return completes when their sockets are gone, at the close timeout and one second at the latest
     */
    public Mono<Void> stop() {
        return Mono.defer(() -> {
            openNoMore();
            end();
            List<Mono<Void>> each = live.stream().map(Exchange::gone).toList();
            return Flux.merge(each).then();
        });
    }

    /**
     * Whether code of the plugin's that hears of exchanges has returned.
     *
     * @return completes when it has; at once where there never was an exchange
     */
    public Mono<Void> idle() {
        return handOver.idle();
    }

    /**
     * Lets go of the thread.
     *
     * @param interrupt whether code of the plugin's that has not returned is interrupted
     */
    public void release(boolean interrupt) {
        handOver.release(interrupt);
    }

    /**
     * What became of them.
     *
     * @return one snapshot, under one lock
     */
    public ExchangeCounts counts() {
        return ledger.counts();
    }
}
