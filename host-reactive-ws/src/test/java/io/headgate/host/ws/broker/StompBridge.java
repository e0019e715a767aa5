package io.headgate.host.ws.broker;

import io.headgate.plugin.Health;
import io.headgate.plugin.IngressEvent;
import io.headgate.plugin.OutputCommand;
import io.headgate.plugin.ServiceContext;
import io.headgate.plugin.ServicePlugin;
import java.time.Duration;
import java.util.Map;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * An ordinary plugin, which knows the plugin API and STOMP and nothing of the host: it copies one queue of a broker to
 * another.
 *
 * <pre>
 *   Opened ─► CONNECT    CONNECTED ─► SUBSCRIBE    RECEIPT ─► "subscribed"    MESSAGE ─► SEND
 * </pre>
 *
 * <p>Its settings: {@code from} and {@code to}, the destinations; {@code login}; {@code passcode}; {@code work}, how long it
 * takes over a message, as an ISO-8601 duration.
 */
final class StompBridge implements ServicePlugin {

    /** What it reports of itself once the broker confirmed the subscription. */
    static final String SUBSCRIBED = "subscribed";

    @Override
    public Flux<OutputCommand> handle(Flux<IngressEvent> events, ServiceContext context) {
        return ServicePlugin.perEvent(event -> answer(event, context)).handle(events, context);
    }

    private static Publisher<OutputCommand> answer(IngressEvent event, ServiceContext context) {
        if (event instanceof IngressEvent.Opened opened) {
            return Mono.just(OutputCommand.sendText(opened.connection(), connect(context.settings())));
        }
        if (event instanceof IngressEvent.Text text) {
            return Mono.justOrEmpty(Stomp.parse(text.text())).flatMap(frame -> answer(text, frame, context));
        }
        return Mono.empty();
    }

    private static Mono<OutputCommand> answer(IngressEvent.Text text, StompFrame frame, ServiceContext context) {
        return switch (frame.command()) {
            case "CONNECTED" -> Mono.just(text.reply(subscribe(context.settings())));
            case "RECEIPT" -> Mono.just(OutputCommand.reportStatus(Health.OK, SUBSCRIBED));
            case "MESSAGE" -> afterWork(context).then(Mono.just(text.reply(copy(frame, context.settings()))));
            default -> Mono.just(OutputCommand.reportStatus(Health.FAILING, "the broker said " + frame));
        };
    }

    private static Mono<Long> afterWork(ServiceContext context) {
        Duration work = Duration.parse(context.settings().getOrDefault("work", "PT0S"));
        return work.isZero() ? Mono.empty() : Mono.delay(work, context.scheduler());
    }

    private static String connect(Map<String, String> settings) {
        return Stomp.format(StompFrame.of("CONNECT")
                .with("accept-version", "1.2")
                .with("host", "/")
                .with("heart-beat", "0,0")
                .with("login", settings.get("login"))
                .with("passcode", settings.get("passcode")));
    }

    private static String subscribe(Map<String, String> settings) {
        return Stomp.format(StompFrame.of("SUBSCRIBE")
                .with("id", "0")
                .with("destination", settings.get("from"))
                .with("ack", "auto")
                .with("receipt", SUBSCRIBED));
    }

    private static String copy(StompFrame message, Map<String, String> settings) {
        return Stomp.format(
                StompFrame.of("SEND").with("destination", settings.get("to")).withBody(message.body()));
    }
}
