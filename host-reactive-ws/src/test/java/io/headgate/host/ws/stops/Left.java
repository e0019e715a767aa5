package io.headgate.host.ws.stops;

import io.headgate.host.ws.soak.Histogram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a process holds that is no thread and no buffer. */
final class Left {

    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    /** Of a host and its sessions, and the loader of a jar's code. */
    private static final List<String> CLASSES = List.of(
            "io.headgate.host.service.PluginHost",
            "io.headgate.host.service.ServiceSupervisor",
            "io.headgate.host.service.HostedConnection",
            "io.headgate.host.service.Incarnation",
            "io.headgate.host.ingress.IngressLane",
            "io.headgate.host.ingress.Waiting",
            "io.headgate.host.pipeline.Liveness",
            "io.headgate.host.command.OutboundWriter",
            "io.headgate.host.command.IssuedCommand",
            "io.headgate.host.ws.Dial",
            "io.headgate.host.ws.NettySession",
            "io.headgate.host.ws.FrameCodec",
            "io.headgate.host.ws.CloseHandshake",
            "io.headgate.host.loading.PluginClassLoader",
            "io.headgate.jarred.AnsweringPlugin");

    private Left() {}

    /** Sockets, selectors and pipes; none where the system does not show them. */
    static long descriptors() {
        if (!Files.isDirectory(DESCRIPTORS)) {
            return 0;
        }
        try (Stream<Path> all = Files.list(DESCRIPTORS)) {
            return all.filter(Left::isNoFile).count();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static boolean isNoFile(Path descriptor) {
        try {
            return !Files.readSymbolicLink(descriptor).startsWith("/");
        } catch (NoSuchFileException closed) {
            return false; // the one that lists them, by now
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** How much of each class is alive: other tests of this process may have left something. */
    static Map<String, Long> instances() {
        Histogram alive = Histogram.now();
        return CLASSES.stream().collect(Collectors.toMap(Function.identity(), alive::count));
    }

    /** Each class of which more is alive than then, with how much. */
    static List<String> instancesBeyond(Map<String, Long> then) {
        return instances().entrySet().stream()
                .filter(now -> now.getValue() > then.getOrDefault(now.getKey(), 0L))
                .map(now -> now.getKey() + ": " + now.getValue())
                .sorted()
                .toList();
    }
}
