package io.headgate.samples.webflux;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import reactor.core.scheduler.Schedulers;

/**
 * A browser, as a socket: it counts what it is told, and reads when the test lets it. Each event is a chunk of the response, so its lines
 * are whole ones.
 */
final class Listener implements AutoCloseable {

    /** What it leaves in its kernel's hands while it does not read. */
    private static final int RECEIVE_BYTES = 256 * 1024;

    private final AtomicLong events = new AtomicLong();
    private final AtomicLong missed = new AtomicLong();
    private final Socket socket = new Socket();
    private final BufferedReader lines;
    private volatile boolean completed;

    private Listener(String base) throws IOException {
        URI uri = URI.create(base);
        socket.setReceiveBufferSize(RECEIVE_BYTES);
        socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()));
        socket.getOutputStream()
                .write("GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Takes a seat, and reads no further. */
    static Listener listen(String base) {
        try {
            Listener listener = new Listener(base);
            for (String line = ""; !line.equals("event:seated"); line = listener.lines.readLine()) {
                if (line == null) {
                    throw new IOException("it ended before it had begun");
                }
            }
            return listener;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    Listener readOn() {
        Schedulers.boundedElastic().schedule(this::read);
        return this;
    }

    private void read() {
        try {
            boolean dropped = false;
            for (String line = lines.readLine(); line != null && !completed; line = lines.readLine()) {
                if (line.startsWith("id:")) {
                    events.incrementAndGet();
                } else if (dropped && line.startsWith("data:")) {
                    missed.addAndGet(Long.parseLong(line.replaceAll("\\D", "")));
                }
                dropped = line.equals("event:dropped");
                completed = line.equals("0");
            }
        } catch (IOException closed) {
            // The test has gone, or the server without a last chunk: not completed.
        }
    }

    long events() {
        return events.get();
    }

    long missed() {
        return missed.get();
    }

    boolean completed() {
        return completed;
    }

    @Override
    public void close() {
        leave();
    }

    void leave() {
        try {
            socket.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
