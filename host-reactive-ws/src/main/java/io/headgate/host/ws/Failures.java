package io.headgate.host.ws;

import io.headgate.host.transport.TransportException;
import io.headgate.plugin.FailureKind;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshakeException;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/**
 * Says in the host's words what Netty and Reactor Netty report. Their own texts can hold the query, headers or what the
 * peer sent: they are neither quoted nor kept as a cause. What the kernel said is, from a list of our own, else the name of the class.
 */
final class Failures {

    /** As the JDK and Netty's natives have it from {@code strerror}, the longer before what it begins with. */
    static final List<String> KERNEL_WORDS = List.of(
            "Connection refused",
            "Connection reset by peer",
            "Connection reset",
            "Connection timed out",
            "No route to host",
            "Network is unreachable",
            "Host is unreachable",
            "Broken pipe",
            "Too many open files",
            "Cannot assign requested address",
            "Operation not permitted",
            "Permission denied");

    private static final int MAX_NAME = 100;
    /** Netty wraps what no socket could be made for. */
    private static final int MAX_CAUSES = 4;

    private static final int MAX_FRAMES = 8;
    private static final int MAX_PLACE = 200;

    private Failures() {}

    /** An open connection broke. */
    static TransportException broken(Throwable cause) {
        return failure(FailureKind.TRANSPORT, "the connection broke", cause);
    }

    /** A dial failed. */
    static TransportException dial(Dial dial, Throwable cause) {
        if (cause instanceof TransportException known) {
            return known;
        }
        if (isTls(cause)) {
            return failure(FailureKind.CONNECT, DialStage.TLS.unmet(false), cause);
        }
        if (!isFromTheWire(cause)) {
            return failure(FailureKind.CONNECT, "the dial failed", cause);
        }
        return dial.stage() == DialStage.UPGRADE
                ? failure(FailureKind.HANDSHAKE, "the connection ended before the upgrade was answered", cause)
                : failure(FailureKind.CONNECT, dial.unmet(), cause);
    }

    private static boolean isFromTheWire(Throwable cause) {
        return cause instanceof IOException || cause instanceof WebSocketClientHandshakeException;
    }

    private static boolean isTls(Throwable cause) {
        return cause instanceof SSLException
                || cause instanceof GeneralSecurityException
                || (cause.getCause() != null && cause.getCause() instanceof SSLException);
    }

    private static TransportException failure(FailureKind kind, String what, Throwable cause) {
        return new TransportException(kind, what + " (" + kernelWords(cause).orElseGet(() -> named(cause)) + ")", null);
    }

    private static Optional<String> kernelWords(Throwable cause) {
        return Stream.iterate(cause, Objects::nonNull, Throwable::getCause)
                .limit(MAX_CAUSES)
                .filter(IOException.class::isInstance)
                .map(failure -> String.valueOf(failure.getMessage()))
                .flatMap(said -> KERNEL_WORDS.stream().filter(said::contains).limit(1))
                .findFirst();
    }

    private static String named(Throwable cause) {
        String name = cause.getClass().getSimpleName();
        return name.substring(0, Math.min(name.length(), MAX_NAME)) + place(cause);
    }

    /** An error is no doing of a peer's: where it comes from is what can be said to whoever has to find the fault. */
    private static String place(Throwable cause) {
        if (!(cause instanceof Error)) {
            return "";
        }
        String frames = Arrays.stream(cause.getStackTrace())
                .limit(MAX_FRAMES)
                .map(frame -> frame.getClassName().replaceFirst(".*\\.", "") + "." + frame.getMethodName() + ":"
                        + frame.getLineNumber())
                .collect(Collectors.joining(" < ", " at ", ""));
        return frames.substring(0, Math.min(frames.length(), MAX_PLACE));
    }
}
