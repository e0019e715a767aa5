package io.headgate.host.ws;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A proxy on loopback, of plain sockets. Every name leads it to 127.0.0.1: it is the one who resolves. It keeps what it was asked
 * for, and all that went through it towards the target.
 */
abstract class TestProxy implements AutoCloseable {

    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    private final ServerSocket listening;
    private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
    private final Queue<String> asked = new ConcurrentLinkedQueue<>();
    private final ByteArrayOutputStream passed = new ByteArrayOutputStream();

    /** Where a client wants to go, as it said it. */
    record Wanted(String said, int port) {}

    TestProxy() {
        try {
            listening = new ServerSocket(0, 50, HERE);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        start("accept", this::accept);
    }

    /** Without a login. */
    abstract ProxyOptions options(String host);

    /** Hears where the client wants to go; empty where it was told something else than a way, and is left waiting. */
    abstract Optional<Wanted> hear(InputStream in, OutputStream out) throws IOException;

    /** Tells it that the way is open. */
    abstract void open(OutputStream out) throws IOException;

    final ProxyOptions options() {
        return options("127.0.0.1");
    }

    final int port() {
        return listening.getLocalPort();
    }

    /** What it was asked for, one each client. */
    final List<String> asked() {
        return List.copyOf(asked);
    }

    /** All that it passed on to targets, a character each byte. */
    final String passed() {
        synchronized (passed) {
            return passed.toString(StandardCharsets.ISO_8859_1);
        }
    }

    @Override
    public final void close() {
        try {
            listening.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = listening.accept();
            sockets.add(client);
            start("client", () -> serve(client));
        }
    }

    private void serve(Socket client) throws IOException {
        try (client) {
            Optional<Wanted> wanted = hear(client.getInputStream(), client.getOutputStream());
            if (wanted.isEmpty()) {
                client.getInputStream().transferTo(OutputStream.nullOutputStream());
                return;
            }
            asked.add(wanted.get().said());
            try (Socket target = new Socket(HERE, wanted.get().port())) {
                sockets.add(target);
                open(client.getOutputStream());
                start("down", () -> pass(target, client, false));
                pass(client, target, true);
            }
        }
    }

    private void pass(Socket from, Socket to, boolean kept) throws IOException {
        byte[] some = new byte[4096];
        int read = from.getInputStream().read(some);
        while (read >= 0) {
            if (kept) {
                synchronized (passed) {
                    passed.write(some, 0, read);
                }
            }
            to.getOutputStream().write(some, 0, read);
            read = from.getInputStream().read(some);
        }
        to.close();
    }

    private interface Work {
        void run() throws IOException;
    }

    /** What ends it is the end of a socket. */
    private void start(String name, Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException ended) {
                        Thread.currentThread().interrupt();
                    }
                },
                "test-proxy-" + name);
        thread.setDaemon(true);
        thread.start();
    }
}
