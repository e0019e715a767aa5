package io.headgate.host.ws.conformance;

import io.headgate.host.authority.GrantFile;
import io.headgate.host.authority.Manifest;
import io.headgate.host.service.HostSettings;
import io.headgate.host.service.PluginHost;
import io.headgate.host.service.ServiceStatus;
import io.headgate.host.service.StopReport;
import io.headgate.host.transport.ConnectionDriver;
import io.headgate.plugin.EventHandler;
import io.headgate.plugin.IngressEvent;
import io.headgate.plugin.ServicePlugin;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** A whole host that talks to one URI, once: reconnects are manual, and its plugin asks for none. */
final class EchoHost {

    /** The slowest cases give a message 100 s. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final Duration GRACE = Duration.ofSeconds(10);

    private static final String MANIFEST = """
            version: 1
            id: test.echo
            release: 1.0.0
            services:
              - name: echo
                class: io.headgate.host.ws.conformance.EchoHost
                connections:
                  - {name: peer, target: "${uri}", access: [subscribe, send]}
            """;
    /** The suite's largest messages have just these 16 MiB; the plugin answers one before it takes the next. */
    private static final String GRANTS = """
            version: 1
            grants:
              - plugin: test.echo
                websocket:
                  - {target: "${target}", access: [subscribe, send], addresses: loopback}
                limits: {message-bytes: 16MiB, queue-bytes: 32MiB}
                reconnect: {policy: manual}
            """;

    private static final HostSettings SETTINGS = HostSettings.defaults()
            .withCommands(commands -> commands.withMailbox(commands.mailboxCommands(), 32L << 20));

    private final Sinks.One<IngressEvent> ended = Sinks.one();
    private final PluginHost host;

    private EchoHost(ConnectionDriver driver, String uri, EventHandler handler) {
        this.host = PluginHost.builder()
                .driver(driver)
                .settings(SETTINGS)
                .grants(GrantFile.parse("grants.yaml", GRANTS.replace("${target}", uri.replaceAll("\\?.*", ""))))
                .plugin(
                        Manifest.parse("plugin.yaml", MANIFEST.replace("${uri}", uri)),
                        (events, context) ->
                                ServicePlugin.perEvent(handler).handle(events.doOnNext(this::look), context))
                .build();
    }

    /**
     * How a session went.
     *
     * @param status the service's, when the host had stopped
     * @param stop how the stop went
     */
    record Ended(ServiceStatus status, StopReport stop) {}

    /** Answers each text with the same, until the session ends. */
    static Ended echo(ConnectionDriver driver, String uri) {
        EventHandler handler =
                event -> event instanceof IngressEvent.Text text ? Mono.just(text.reply(text.text())) : Mono.empty();
        return new EchoHost(driver, uri, handler).run();
    }

    /** Answers nothing, until the session ends; returns the last text of the peer, or an empty one. */
    static String listen(ConnectionDriver driver, String uri) {
        AtomicReference<String> last = new AtomicReference<>("");
        EventHandler handler = event -> {
            if (event instanceof IngressEvent.Text text) {
                last.set(text.text());
            }
            return Mono.empty();
        };
        new EchoHost(driver, uri, handler).run();
        return last.get();
    }

    private void look(IngressEvent event) {
        if (event instanceof IngressEvent.ReconnectNeeded) {
            ended.tryEmitValue(event);
        }
    }

    private Ended run() {
        host.start().block(PATIENCE);
        try {
            ended.asMono().block(PATIENCE);
        } finally {
            host.stop(GRACE).block(PATIENCE);
        }
        return new Ended(
                host.status().services().get(0),
                Objects.requireNonNull(host.stop(GRACE).block(PATIENCE)));
    }
}
