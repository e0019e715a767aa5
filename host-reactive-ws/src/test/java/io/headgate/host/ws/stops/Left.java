package io.headgate.host.ws.stops;

import io.headgate.host.ws.soak.Histogram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
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

    /** Each class of which something is alive, with how much. */
    static List<String> instances() {
        Histogram alive = Histogram.now();
        return CLASSES.stream()
                .filter(name -> alive.count(name) > 0)
                .map(name -> name + ": " + alive.count(name))
                .toList();
    }
}
