package io.headgate.samples.standalone.process;

import io.headgate.plugin.IngressEvent;
import io.headgate.plugin.OutputCommand;
import io.headgate.plugin.ServiceContext;
import io.headgate.plugin.ServicePlugin;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A plugin of a jar: answers each text with the next number, or as it says, and says {@code bye} when it is to end. */
public final class PumpService implements ServicePlugin {

    /** For the host, which makes it. */
    public PumpService() {}

    @Override
    public Flux<OutputCommand> handle(Flux<IngressEvent> events, ServiceContext context) {
        AtomicLong number = new AtomicLong();
        AtomicReference<IngressEvent.Text> last = new AtomicReference<>();
        return events.ofType(IngressEvent.Text.class)
                .doOnNext(last::set)
                .<OutputCommand>map(text -> text.reply(Long.toString(number.incrementAndGet())))
                .concatWith(Mono.fromSupplier(last::get).map(text -> text.reply("bye")));
    }
}
