package io.headgate.samples.marketfeed;

import io.headgate.plugin.EventHandler;
import io.headgate.plugin.Health;
import io.headgate.plugin.IngressEvent;
import io.headgate.plugin.OutputCommand;
import io.headgate.plugin.ServiceContext;
import io.headgate.plugin.ServicePlugin;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Keeps the books of some symbols: a snapshot, and the changes since, each with a number. Whatever makes a book wrong has it begun anew, by
 * subscribing again, and until then nobody is shown it:
 *
 * <pre>{@code
 *   Opened ──► subscribe to each symbol ──► snapshot ──► delta, delta, …
 *   Gap, a number that is missing ──► forget, subscribe again ──► snapshot
 *   Closed, Failed ──► forget; the host comes back, and it is Opened again
 * }</pre>
 */
public final class BookFeed implements ServicePlugin {

    /** Replaced as a whole, for who reads it on another thread. */
    private volatile Map<String, Book> books = Map.of();

    private boolean degraded;

    /** For the host, which makes it. */
    public BookFeed() {}

    @Override
    public Flux<OutputCommand> handle(Flux<IngressEvent> events, ServiceContext context) {
        books = List.of(context.settings().getOrDefault("symbols", "").split(",")).stream()
                .collect(Collectors.toUnmodifiableMap(String::strip, symbol -> new Book(), (book, again) -> book));
        degraded = false;
        EventHandler handler = this::answer;
        return ServicePlugin.perEvent(handler).handle(events, context);
    }

    /** A book, as far as it is known; on any thread. */
    Book book(String symbol) {
        return books.getOrDefault(symbol, new Book());
    }

    private Flux<OutputCommand> answer(IngressEvent event) {
        if (event instanceof IngressEvent.Text text) {
            return change(text).flux();
        }
        if (event instanceof IngressEvent.Opened) {
            return anew(event);
        }
        if (event instanceof IngressEvent.Gap gap) {
            degraded = true;
            return anew(gap).startWith(OutputCommand.reportStatus(Health.DEGRADED, gap.count() + " texts are missing"));
        }
        if (event instanceof IngressEvent.Closed || event instanceof IngressEvent.Failed) {
            books.values().forEach(Book::forget);
        }
        return Flux.empty();
    }

    /** Which of the books a Gap was in, nobody knows: all are begun anew. */
    private Flux<OutputCommand> anew(IngressEvent event) {
        return Flux.fromIterable(books.keySet()).map(symbol -> anew(symbol, event));
    }

    private OutputCommand anew(String symbol, IngressEvent event) {
        book(symbol).forget();
        return new OutputCommand.SendText(
                OutputCommand.HOST_ASSIGNED_ID, event.connection(), event.epoch(), FeedMessage.subscribe(symbol));
    }

    private Mono<OutputCommand> change(IngressEvent.Text text) {
        FeedMessage message = FeedMessage.read(text.text());
        Book book = book(message.symbol());
        if (message.isSnapshot()) {
            book.begin(message);
            return recovered();
        }
        return message.isDelta() && !book.change(message) ? Mono.just(anew(message.symbol(), text)) : Mono.empty();
    }

    private Mono<OutputCommand> recovered() {
        if (!degraded || !books.values().stream().allMatch(Book::known)) {
            return Mono.empty();
        }
        degraded = false;
        return Mono.just(OutputCommand.reportStatus(Health.OK, "every book is known again"));
    }
}
