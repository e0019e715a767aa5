package io.headgate.host.ws.broker;

import io.headgate.plugin.Health;
import io.headgate.plugin.IngressEvent;
import io.headgate.plugin.OutputCommand;
import io.headgate.plugin.ServiceContext;
import io.headgate.plugin.ServicePlugin;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * An ordinary plugin, which knows the plugin API and STOMP and nothing of the host: it copies one queue of a broker to
 * another. It sends no heart-beats, whatever it tells the broker, and does not ask to reconnect.
 *
 * <pre>
 *   Opened ─► CONNECT    CONNECTED ─► SUBSCRIBE    RECEIPT ─► "subscribed"    MESSAGE ─► SEND
 * </pre>
 */
final class StompBridge implements ServicePlugin {

    @Override
    public Flux<OutputCommand> handle(Flux<IngressEvent> events, ServiceContext context) {
        BridgeSettings settings = BridgeSettings.of(context);
        return ServicePlugin.perEvent(event -> answer(event, settings)).handle(events, context);
    }

    private static Publisher<OutputCommand> answer(IngressEvent event, BridgeSettings settings) {
        if (event instanceof IngressEvent.Opened opened) {
            return Mono.just(opened.send(settings.connect()));
        }
        if (event instanceof IngressEvent.Text text) {
            return Mono.justOrEmpty(Stomp.parse(text.text())).flatMap(frame -> answer(text, frame, settings));
        }
        return Mono.empty();
    }

    private static Mono<OutputCommand> answer(IngressEvent.Text text, StompFrame frame, BridgeSettings settings) {
        return switch (frame.command()) {
            case "CONNECTED" -> Mono.just(text.reply(settings.subscribe("auto")));
            case "RECEIPT" -> Mono.just(OutputCommand.reportStatus(Health.OK, BridgeSettings.SUBSCRIBED));
            case "MESSAGE" -> settings.work().then(Mono.just(text.reply(Stomp.format(settings.copy(frame)))));
            default -> Mono.just(OutputCommand.reportStatus(Health.FAILING, "the broker said " + frame));
        };
    }
}
