package io.headgate.samples.benchmarks.profile;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A part of a text's way. A sample counts for the first of its frames, from the leaf on, that belongs to any: so the JDK, a
 * buffer, a lock or an operator counts for the stage that uses it.
 */
enum Stage {
    /** Selecting, reading and writing. */
    SOCKET("socket", "io.netty.channel.epoll.", "io.netty.channel.nio.", "io.netty.channel.unix.", "sun.nio.ch."),
    /** Frames from bytes and bytes from frames, by Netty. */
    NETTY_CODEC("netty codec", "io.netty.handler."),
    /** From handler to handler, and the loop's own tasks. */
    EVENT_LOOP("event loop", "io.netty.channel.", "io.netty.util.concurrent."),
    /** What Headgate dials through. */
    REACTOR_NETTY("reactor-netty", "reactor.netty."),
    /** Headgate's frames from bytes. */
    DECODE(
            "decode",
            "io.headgate.host.ws.Frame",
            "io.headgate.host.ws.FragmentedText",
            "io.headgate.host.ws.MessageDecoding",
            "io.headgate.host.ws.Utf8Text",
            "io.headgate.host.ws.CloseBody"),
    /** The rest of the driver. */
    DRIVER("driver", "io.headgate.host.ws.", "io.headgate.host.transport."),
    /** Events from frames. */
    PIPELINE("pipeline", "io.headgate.host.pipeline."),
    /** The service's queue. */
    LANE("lane", "io.headgate.host.ingress."),
    /** From the event loop's thread to the plugin's. */
    HOP(
            "hop",
            "reactor.core.publisher.FluxPublishOn",
            "reactor.core.scheduler.",
            "io.headgate.host.service.IncarnationScheduler",
            "java.util.concurrent.ThreadPoolExecutor",
            "java.util.concurrent.ScheduledThreadPoolExecutor",
            "java.util.concurrent.FutureTask",
            "java.util.concurrent.Executors",
            "java.util.concurrent.ForkJoin"),
    /** The harness around the contender: no part of the way. */
    HARNESS(
            "harness",
            "io.headgate.samples.benchmarks.client.Client",
            "io.headgate.samples.benchmarks.client.Meter",
            "io.headgate.samples.benchmarks.child."),
    /** What the embedder wrote: handlers and recipients. */
    PLUGIN("plugin", "io.headgate.samples."),
    /** The way out: mailbox and writes. */
    WRITER("writer", "io.headgate.host.command.OutboundWriter", "io.headgate.host.command.Mailbox"),
    /** Whether a command may go out, and what became of it. */
    FILTER("filter and ledger", "io.headgate.host.command.", "io.headgate.host.authority."),
    /** Supervision, routing, diagnostics. */
    SERVICE("service", "io.headgate.host.service.", "io.headgate.host.diagnostics."),
    /** No frame that says. */
    OTHER("other");

    private final String shown;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<String> prefixes;

    Stage(String shown, String... prefixes) {
        this.shown = shown;
        this.prefixes = List.of(prefixes);
    }

    /** Finds the stage of a sample by its frames, each {@code package.Class.method}, the leaf first. */
    static Stage of(List<String> frames) {
        return frames.stream()
                .map(Stage::owner)
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(OTHER);
    }

    /** Where two stages have a prefix of a frame, the one that comes first here is the narrower. */
    private static Optional<Stage> owner(String frame) {
        return Arrays.stream(values())
                .filter(stage -> stage.prefixes.stream().anyMatch(frame::startsWith))
                .findFirst();
    }

    @Override
    public String toString() {
        return shown;
    }
}
