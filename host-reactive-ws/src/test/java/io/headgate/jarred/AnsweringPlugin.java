package io.headgate.jarred;

import io.headgate.plugin.IngressEvent;
import io.headgate.plugin.OutputCommand;
import io.headgate.plugin.ServiceContext;
import io.headgate.plugin.ServicePlugin;
import reactor.core.publisher.Flux;

/** Answers each text. One class, so that a jar of it has one entry beside its manifest. */
public final class AnsweringPlugin implements ServicePlugin {

    /** For the host, which makes it. */
    public AnsweringPlugin() {}

    @Override
    public Flux<OutputCommand> handle(Flux<IngressEvent> events, ServiceContext context) {
        return events.ofType(IngressEvent.Text.class).map(text -> text.reply("answer"));
    }
}
