package io.headgate.samples.socketmode;

import io.headgate.plugin.IngressEvent;
import io.headgate.plugin.OutputCommand;
import io.headgate.plugin.ServiceContext;
import io.headgate.plugin.ServicePlugin;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.util.retry.Retry;
import tools.jackson.databind.JsonNode;

/**
 * An app that is told what happens over a socket. The address is asked for by a call, each time anew; what arrives is acknowledged within
 * three seconds; and when the server says that it is about to close, the next connection stands before this one goes:
 *
 * <pre>{@code
 *   ReconnectNeeded(left) ──► call ──► Open(left) ──► hello
 *   disconnect    (left)  ──► call ──► Open(right) ──► hello ──► Close(left)
 * }</pre>
 */
public final class SocketApp implements ServicePlugin {

    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(30);
    /** There are two places, so no more than two are asked for. */
    private static final int AT_ONCE = 2;

    private final @Nullable Tickets tickets;
    private final Consumer<JsonNode> work;

    /** For the host, which makes it. */
    public SocketApp() {
        this.tickets = null;
        this.work = payload -> {};
    }

    SocketApp(Tickets tickets, Consumer<JsonNode> work) {
        this.tickets = tickets;
        this.work = work;
    }

    @Override
    public Flux<OutputCommand> handle(Flux<IngressEvent> events, ServiceContext context) {
        Places places = new Places();
        Tickets asked = tickets == null ? tickets(context) : tickets;
        // Shared one event at a time; acknowledging never waits for a call.
        return events.map(Heard::of)
                .publish(
                        shared -> Flux.merge(
                                shared.filter(Heard::isEnvelope).map(this::take),
                                shared.filter(Heard::isHello).concatMap(heard -> leave(heard, places), 1),
                                shared.transform(heard -> toBeOpened(heard, places))
                                        .flatMap(place -> open(place, places, asked, context.scheduler()), AT_ONCE, 1)
                                        .takeUntilOther(shared.ignoreElements())),
                        1);
    }

    private static Tickets tickets(ServiceContext context) {
        return new HttpTickets(
                URI.create(context.settings().getOrDefault("api", "")),
                context.settings().getOrDefault("token", ""));
    }

    /** Acknowledged first: three seconds are short, and the same envelope comes again to who is late. */
    private OutputCommand take(Heard heard) {
        work.accept(heard.message().path("payload"));
        return heard.acknowledge();
    }

    private static Flux<String> toBeOpened(Flux<Heard> heard, Places places) {
        return heard.filter(event -> event.isWarning() || event.isVacated()).<String>handle((event, sink) -> {
            if (event.isVacated() && places.vacated(event.connection())) {
                sink.next(event.connection());
            } else if (event.isWarning() && places.moveFrom(event.connection())) {
                sink.next(Places.otherThan(event.connection()));
            }
        });
    }

    private static Mono<OutputCommand> open(String place, Places places, Tickets tickets, Scheduler scheduler) {
        return Mono.delay(places.pause(), scheduler)
                .then(tickets.next()
                        .retryWhen(Retry.backoff(Long.MAX_VALUE, FIRST_RETRY)
                                .maxBackoff(LONGEST_RETRY)
                                .scheduler(scheduler)))
                .map(url -> OutputCommand.open(place, url));
    }

    private static Mono<OutputCommand> leave(Heard hello, Places places) {
        Optional<OutputCommand> left = places.arrivedAt(hello.connection())
                .map(place -> OutputCommand.close(place, 1000, "the next one stands"));
        return Mono.justOrEmpty(left);
    }
}
