package io.headgate.samples.standalone.page;

import io.headgate.plugin.IngressEvent;
import io.headgate.plugin.OutputCommand;
import io.headgate.plugin.ServiceContext;
import io.headgate.plugin.ServicePlugin;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Does as the peer's texts say: {@code wait} takes no event until it is {@link #goOn told}, {@code answer} answers. */
final class TestPlugin implements ServicePlugin {

    private final Sinks.Empty<Void> goOn = Sinks.empty();
    private volatile boolean waits;

    /** Whether it has taken the {@code wait} out of its queue. */
    boolean waits() {
        return waits;
    }

    void goOn() {
        goOn.tryEmitEmpty();
    }

    @Override
    public Flux<OutputCommand> handle(Flux<IngressEvent> events, ServiceContext context) {
        return events.concatMap(this::on, 0);
    }

    private Publisher<OutputCommand> on(IngressEvent event) {
        if (!(event instanceof IngressEvent.Text text)) {
            return Mono.empty();
        }
        return switch (text.text()) {
            case "wait" -> goOn.asMono().cast(OutputCommand.class).doOnSubscribe(waiting -> waits = true);
            case "answer" -> Mono.just(text.reply("here it is"));
            default -> Mono.empty();
        };
    }
}
