package io.headgate.host.exchange;

import io.headgate.plugin.PullException;
import io.headgate.plugin.PullException.Reason;
import io.headgate.plugin.PullWebSocket;
import io.headgate.plugin.PulledText;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The plugin's hold on an exchange: what it hears arrives on the service's thread for exchanges, or where it asks for more, if it
 * had asked for nothing by then.
 */
final class DefaultPullWebSocket implements PullWebSocket {

    private final Exchange exchange;
    private final HandOver handOver;

    DefaultPullWebSocket(Exchange exchange, HandOver handOver) {
        this.exchange = exchange;
        this.handOver = handOver;
    }

    @Override
    public String subprotocol() {
        return exchange.subprotocol();
    }

    @Override
    public Mono<Void> sendText(String text) {
        Objects.requireNonNull(text, "text");
        return handOver.give(Mono.create(plugin -> exchange.send(text, plugin)));
    }

    @Override
    public Mono<PulledText> recv(Duration timeout) {
        if (timeout.isNegative()) {
            throw new IllegalArgumentException("timeout must be at least 0, is " + timeout);
        }
        return Mono.defer(() -> received(timeout));
    }

    private Mono<PulledText> received(Duration timeout) {
        Object taker = new Object();
        Inbox inbox = exchange.inbox();
        Mono<Void> bell = inbox.await(taker);
        if (bell == null) {
            return handOver.give(Mono.error(() ->
                    PullException.of(Reason.BUSY, "another recv of this exchange waits: take one text after another")));
        }
        Mono<Void> worthLooking = Mono.firstWithSignal(bell, exchange.tooLate(timeout));
        // Subscribing behind the hop, and not hopping with the text, is what makes a cancel lose nothing.
        return Mono.fromSupplier(() -> take(taker))
                .delaySubscription(handOver.give(worthLooking))
                .doOnCancel(() -> inbox.leave(taker))
                .doOnTerminate(() -> inbox.leave(taker));
    }

    private @Nullable PulledText take(Object taker) {
        Inbox.Found found = exchange.inbox().take(taker);
        if (found == null) {
            return null;
        }
        if (found.end() != null) {
            throw found.end().error();
        }
        if (found.text() == null) {
            exchange.ledger().timedOut();
        }
        return found.text();
    }

    @Override
    public Mono<Void> close() {
        return handOver.give(Mono.defer(() -> {
            exchange.close(End.byPlugin());
            return exchange.settled();
        }));
    }
}
