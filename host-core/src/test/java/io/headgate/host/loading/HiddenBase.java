package io.headgate.host.loading;

import io.headgate.plugin.IngressEvent;
import io.headgate.plugin.OutputCommand;
import io.headgate.plugin.ServiceContext;
import io.headgate.plugin.ServicePlugin;
import reactor.core.publisher.Flux;

/** On the host's class path, where the compiler sees it and no plugin does. */
public class HiddenBase implements ServicePlugin {

    @Override
    public Flux<OutputCommand> handle(Flux<IngressEvent> events, ServiceContext context) {
        return Flux.empty();
    }
}
