package io.headgate.samples.standalone.page;

import io.headgate.plugin.IngressEvent;
import io.headgate.plugin.OutputCommand;
import io.headgate.plugin.ServiceContext;
import io.headgate.plugin.ServicePlugin;
import java.time.Duration;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Slower than its peers: answers each text, also where it may not, and fails at {@code fail}. */
final class SoakedPlugin implements ServicePlugin {

    private static final Duration WORK = Duration.ofMillis(2);

    @Override
    public Flux<OutputCommand> handle(Flux<IngressEvent> events, ServiceContext context) {
        return events.concatMap(event -> Mono.delay(WORK).thenMany(Flux.defer(() -> on(event))), 0);
    }

    private static Publisher<OutputCommand> on(IngressEvent event) {
        if (!(event instanceof IngressEvent.Text text)) {
            return Mono.empty();
        }
        return text.text().equals("fail")
                ? Mono.error(new IllegalStateException("told to"))
                : Mono.just(text.reply("answer"));
    }
}
