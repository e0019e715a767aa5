package io.headgate.samples.standalone;

import io.headgate.host.service.StopReport;
import java.net.BindException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.ChannelBindException;
import reactor.netty.DisposableServer;

/** Runs the host, until it is told to stop. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = {
            "Runs the plugins of a folder with what they are granted. Tells of itself over HTTP, on 127.0.0.1:9464 unless the settings say otherwise.",
            "SIGTERM, SIGINT: the plugins have the grace to end, what they send meanwhile still leaves, then everything is closed.",
            "SIGHUP: the grants are read again. What may be dialled and sent holds at once; limits, reconnect, liveness, restart and settings hold when the host is started again. A file that cannot be used changes nothing."
        })
final class RunCommand implements Callable<Integer> {

    private static final Logger LOG = LoggerFactory.getLogger("headgate");
    private static final Duration BEYOND_GRACE = Duration.ofSeconds(15);
    /** A signal that comes while another is passed on waits for it. */
    private static final Duration AT_ONCE = Duration.ofSeconds(1);

    @Option(names = "--plugins", required = true, paramLabel = "DIR", description = "the folder with the plugins' jars")
    private Path plugins;

    @Option(names = "--grants", required = true, paramLabel = "FILE", description = "the grant file")
    private Path grants;

    @Option(
            names = "--settings",
            paramLabel = "FILE",
            description = "the settings file, see docs/operate.md; default: none")
    private @Nullable Path settings;

    @Override
    public Integer call() {
        Settings known = Optional.ofNullable(settings).map(SettingsReader::read).orElseGet(Settings::defaults);
        LogSetup.use(known.log());
        Sinks.Many<Boolean> hangUps = Sinks.many().replay().latest();
        Signals.onHangUp(() -> hangUps.emitNext(true, Sinks.EmitFailureHandler.busyLooping(AT_ONCE)));
        StandaloneHost host = host(known);
        DisposableServer server = started(host);
        Sinks.Empty<Void> asked = Sinks.empty();
        Mono<StopReport> end = asked.asMono()
                .then(Mono.defer(() -> host.stop(server)))
                .doOnNext(RunCommand::tell)
                .cache();
        hangUps.asFlux()
                .onBackpressureLatest()
                .concatMap(hangUp -> host.reload(), 0)
                .subscribe();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            asked.tryEmitEmpty();
            end.onErrorComplete()
                    .block(known.grace().plus(known.host().closeTimeout()).plus(BEYOND_GRACE));
        }));
        end.block();
        return Exit.OK;
    }

    private StandaloneHost host(Settings known) {
        try {
            return StandaloneHost.of(PluginFolder.read(plugins), grants, known);
        } catch (IllegalArgumentException unfit) {
            throw new CommandFailed(Exit.UNUSABLE, String.valueOf(unfit.getMessage()));
        }
    }

    private static DisposableServer started(StandaloneHost host) {
        try {
            return Objects.requireNonNull(host.start().block());
        } catch (ChannelBindException taken) {
            throw new CommandFailed(
                    Exit.FAILED,
                    "cannot listen on " + taken.localHost() + ":" + taken.localPort() + ": " + reason(taken)
                            + "; set http.port and http.address in the settings");
        }
    }

    private static String reason(ChannelBindException taken) {
        Throwable cause = taken.getCause();
        return cause instanceof BindException ? String.valueOf(cause.getMessage()) : "it could not be bound";
    }

    private static void tell(StopReport report) {
        LOG.info("stopped");
        report.cutOff().forEach(service -> LOG.warn("{} did not end within the grace and was cut off", service));
        report.zombies().forEach(service -> LOG.warn("{} left code running that Java cannot end", service));
        report.retained().forEach(plugin -> LOG.warn("its code is still in memory: {}", plugin));
    }
}
