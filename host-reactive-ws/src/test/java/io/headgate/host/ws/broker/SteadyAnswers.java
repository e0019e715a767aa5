package io.headgate.host.ws.broker;

import io.headgate.plugin.Health;
import io.headgate.plugin.IngressEvent;
import io.headgate.plugin.OutputCommand;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/** What a {@link SteadyBridge} answers to each event. Only used by the plugin's worker. */
final class SteadyAnswers {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final int MOST_DOUBLINGS = 2;
    private static final String COPIED = "copied ";

    /** A thousand messages take more than a minute so. */
    private static final Duration DAWDLING = Duration.ofMillis(100);

    private final BridgeSettings settings;
    private final BooleanSupplier dawdles;
    private int failures;

    SteadyAnswers(BridgeSettings settings, BooleanSupplier dawdles) {
        this.settings = settings;
        this.dawdles = dawdles;
    }

    Publisher<OutputCommand> answer(IngressEvent event) {
        if (event instanceof IngressEvent.Opened opened) {
            return Mono.just(opened.send(settings.connect()));
        }
        if (event instanceof IngressEvent.Text text) {
            return Mono.justOrEmpty(Stomp.parse(text.text())).flatMap(frame -> answer(text, frame));
        }
        if (event instanceof IngressEvent.ReconnectNeeded needed) {
            Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(failures, MOST_DOUBLINGS));
            failures++;
            return Mono.delay(pause, settings.scheduler()).thenReturn(needed.reconnect());
        }
        return Mono.empty();
    }

    private Mono<OutputCommand> answer(IngressEvent.Text text, StompFrame frame) {
        return switch (frame.command()) {
            case "CONNECTED" -> {
                failures = 0;
                yield Mono.just(text.reply(settings.subscribe("client-individual")));
            }
            case "MESSAGE" -> work().then(Mono.just(text.reply(copy(frame))));
            case "RECEIPT" -> Mono.just(confirmed(text, frame.header("receipt-id")));
            default -> Mono.just(OutputCommand.reportStatus(Health.FAILING, "the broker said " + frame));
        };
    }

    private Mono<Long> work() {
        return dawdles.getAsBoolean() ? Mono.delay(DAWDLING, settings.scheduler()) : settings.work();
    }

    /** The receipt carries what is to be acknowledged, so nothing need be kept. */
    private String copy(StompFrame message) {
        return Stomp.format(settings.copy(message).with("persistent", "true").with("receipt", receiptOf(message)));
    }

    /** The receipt that is asked for with the copy of a message. */
    static String receiptOf(StompFrame message) {
        return COPIED + message.header("ack");
    }

    private static OutputCommand confirmed(IngressEvent.Text text, String receipt) {
        return receipt.startsWith(COPIED)
                ? text.reply(Stomp.format(StompFrame.of("ACK").with("id", receipt.substring(COPIED.length()))))
                : OutputCommand.reportStatus(Health.OK, BridgeSettings.SUBSCRIBED);
    }
}
