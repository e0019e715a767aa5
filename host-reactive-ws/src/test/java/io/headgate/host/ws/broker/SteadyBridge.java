package io.headgate.host.ws.broker;

import io.headgate.plugin.IngressEvent;
import io.headgate.plugin.OutputCommand;
import io.headgate.plugin.ServiceContext;
import io.headgate.plugin.ServicePlugin;
import java.util.function.BooleanSupplier;
import reactor.core.publisher.Flux;

/**
 * The plugin that an author writes who wants no message lost: it copies one queue of a broker to another, acknowledges a
 * message when the broker has confirmed its copy, beats, and notices when the broker does not. It asks to reconnect
 * where the host leaves that to it.
 *
 * <pre>
 *   Opened ─► CONNECT    CONNECTED ─► SUBSCRIBE    MESSAGE ─► SEND, persistent    RECEIPT of it ─► ACK
 *   two periods without a text ─► Close            ReconnectNeeded, with policy: manual ─► a pause, Reconnect
 * </pre>
 */
final class SteadyBridge implements ServicePlugin {

    private final BooleanSupplier dawdles;

    /**
     * Makes one.
     *
     * @param dawdles whether it takes its time over a message now, so that a test can do something meanwhile
     */
    SteadyBridge(BooleanSupplier dawdles) {
        this.dawdles = dawdles;
    }

    @Override
    public Flux<OutputCommand> handle(Flux<IngressEvent> events, ServiceContext context) {
        BridgeSettings settings = BridgeSettings.of(context);
        Pulse pulse = new Pulse(settings.period(), context.scheduler());
        ServicePlugin answers = ServicePlugin.perEvent(new SteadyAnswers(settings, dawdles)::answer);
        return events.doOnNext(pulse::heard)
                .publish(
                        shared -> Flux.merge(
                                answers.handle(shared, context), pulse.beats().takeUntilOther(shared.then())),
                        1);
    }
}
