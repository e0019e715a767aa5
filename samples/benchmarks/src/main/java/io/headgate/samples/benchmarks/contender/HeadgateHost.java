package io.headgate.samples.benchmarks.contender;

import io.headgate.host.service.PluginHost;
import io.headgate.host.service.PluginHostBuilder;
import io.headgate.host.ws.ReactorNettyDriver;
import io.headgate.host.ws.WebSocketOptions;
import io.headgate.plugin.IngressEvent;
import io.headgate.plugin.OutputCommand;
import io.headgate.plugin.ServicePlugin;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * The whole product: frame → event → queue → plugin → grant filter → gate → wire, counters and diagnostics on. Each of the
 * shape's services is a plugin of its own, on a worker of its own. A connection is open once its plugin was told so.
 */
final class HeadgateHost implements Contender {

    private static final Duration GRACE = Duration.ofSeconds(5);

    private final String overflow;
    private final int loopsPerService;
    private @Nullable ReactorNettyDriver driver;
    private @Nullable PluginHost host;
    private volatile boolean closing;

    /**
     * Makes one.
     *
     * @param overflow what a full queue does, as the grant file says it
     * @param loopsPerService over how many event loops a service's connections are spread
     */
    HeadgateHost(String overflow, int loopsPerService) {
        this.overflow = overflow;
        this.loopsPerService = loopsPerService;
    }

    @Override
    public CompletionStage<Void> open(URI target, Shape shape, Task task) {
        ReactorNettyDriver dialling = ReactorNettyDriver.create(options());
        Configured configured = new Configured(target, shape, overflow);
        PluginHostBuilder builder = PluginHost.builder().driver(dialling).grants(configured.grants());
        int each = configured.connectionsEach();
        Openings openings = new Openings(shape.connections());
        for (int service = 0; service < shape.services(); service++) {
            builder.plugin(configured.manifest(service), plugin(task, service * each, each, openings));
        }
        PluginHost starting = builder.build();
        closing = false;
        driver = dialling;
        host = starting;
        return starting.start().then(openings.all()).toFuture();
    }

    private WebSocketOptions options() {
        return WebSocketOptions.defaults().withLoops(loops -> loops.withLoopsPerService(loopsPerService));
    }

    private ServicePlugin plugin(Task task, int first, int connections, Openings openings) {
        if (task instanceof Task.Receive receive) {
            return receiving(receive, first, connections, openings);
        }
        if (task instanceof Task.Send send) {
            return (events, context) -> events.ofType(IngressEvent.Opened.class)
                    .doOnNext(openings::told)
                    .flatMap(opened -> again(() -> OutputCommand.sendText(opened.connection(), send.text())));
        }
        if (task instanceof Task.Echo) {
            return (events, context) -> events.handle((event, sink) -> {
                if (event instanceof IngressEvent.Text text) {
                    sink.next(text.reply(text.text()));
                } else {
                    openings.told(event);
                }
            });
        }
        return (events, context) -> events.doOnNext(openings::told).ofType(OutputCommand.class);
    }

    /** Ends with the contender: a stop waits for the output. */
    private Flux<OutputCommand> again(Supplier<OutputCommand> command) {
        return Flux.generate(sink -> {
            if (closing) {
                sink.complete();
            } else {
                sink.next(command.get());
            }
        });
    }

    private static ServicePlugin receiving(Task.Receive receive, int first, int connections, Openings openings) {
        Map<String, Recipient> recipients = IntStream.range(0, connections)
                .boxed()
                .collect(Collectors.toMap(
                        Configured::connection, number -> receive.recipients().apply(first + number)));
        return (events, context) -> events.handle((event, sink) -> {
            if (event instanceof IngressEvent.Text text) {
                Objects.requireNonNull(recipients.get(text.connection())).text(text.text());
            } else {
                openings.told(event);
            }
        });
    }

    @Override
    public CompletionStage<Void> close() {
        closing = true;
        PluginHost stopping = host;
        ReactorNettyDriver disposing = driver;
        if (stopping == null || disposing == null) {
            return CompletableFuture.completedFuture(null);
        }
        return stopping.stop(GRACE).then(disposing.disposeLater()).toFuture();
    }
}
