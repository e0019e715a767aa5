package io.headgate.samples.benchmarks;

import io.headgate.samples.benchmarks.child.Child;
import io.headgate.samples.benchmarks.client.Drain;
import io.headgate.samples.benchmarks.contender.Shape;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * One entrant in one round: it opens its connections, the load runs in, it is measured, the load stops, what was sent is
 * waited for, and all is closed.
 */
final class Trial {

    private static final double NANOS_A_SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final int PINGS = 1_000;
    private static final long CLOSING_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final Cell cell;
    private final Child server;
    private final String uri;

    Trial(Cell cell, Child server) {
        this.cell = cell;
        this.server = server;
        this.uri = "ws://127.0.0.1:" + server.ask("port").get(0) + "/";
    }

    /**
     * Runs it.
     *
     * @param client the entrant's process
     * @param runIn before it is measured, in milliseconds
     * @param millis how long it is measured
     */
    Sample run(Child client, Shape shape, long runIn, long millis) {
        Sample sample = switch (cell.kind()) {
            case FLOOD, PACED -> delivered(client, shape, runIn, millis);
            case SEND -> sent(client, shape, runIn, millis);
            case ECHO -> echoed(client, shape, runIn, millis);
            case IDLE -> opened(client, shape, millis);
        };
        close(client);
        return sample;
    }

    private void close(Child client) {
        client.ask("close");
        awaitNone();
    }

    private Sample delivered(Child client, Shape shape, long runIn, long millis) {
        open(client, shape, "receive");
        if (cell.kind() == Cell.Kind.FLOOD) {
            server.ask("flood", cell.bytes());
        } else {
            server.ask("pace", cell.bytes(), cell.perSecond());
        }
        Measured measured = measure(client, runIn, millis);
        long sent = number(server.ask("stop"), 0);
        long delivered = number(client.ask("drain", sent), 0);
        return measured.sample(measured.delivered).losing(sent, delivered);
    }

    private Sample sent(Child client, Shape shape, long runIn, long millis) {
        open(client, shape, "send " + cell.bytes());
        client.ask("measure", runIn);
        long before = received();
        Measured measured = Measured.of(client.ask("measure", millis));
        long after = received();
        return measured.sample(after - before);
    }

    private Sample echoed(Child client, Shape shape, long runIn, long millis) {
        open(client, shape, "echo");
        long first = received();
        server.ask("time", cell.bytes(), cell.perSecond());
        client.ask("measure", runIn);
        server.ask("latencies");
        long before = received();
        Measured measured = Measured.of(client.ask("measure", millis));
        long answered = received() - before;
        List<String> latencies = server.ask("latencies");
        long sent = number(server.ask("stop"), 0);
        return measured.sample(answered)
                .with(Figure.P50, (double) number(latencies, 1))
                .with(Figure.P99, (double) number(latencies, 2))
                .losing(sent, Drain.until(sent, () -> received() - first));
    }

    /**
     * Memory is what the first opening takes of a process that has only its classes: it gives little of it back. Time is the
     * last opening's, in code that is warm. Meanwhile the server pings the connection that was open first.
     */
    private Sample opened(Child client, Shape shape, long millis) {
        open(client, new Shape(shape.services(), shape.services(), shape.grants()), "idle");
        close(client);
        List<String> empty = client.ask("memory");
        open(client, shape, "idle");
        List<String> full = client.ask("memory");
        close(client);
        open(client, shape, "idle");
        close(client);
        server.ask("ping", PINGS);
        List<String> cost = open(client, shape, "idle");
        double dialling = longPong();
        client.ask("measure", millis);
        double quiet = longPong();
        server.ask("unping");
        int connections = shape.connections();
        return Sample.of(Figure.OPEN_TIME, (double) number(cost, 0))
                .with(Figure.OPEN_CPU, (double) number(cost, 1))
                .with(Figure.PONG_DIALS, dialling)
                .with(Figure.PONG_QUIET, quiet)
                .with(Figure.HEAP, (double) (number(full, 0) - number(empty, 0)) / connections)
                .with(Figure.RSS, (double) (number(full, 1) - number(empty, 1)) / connections);
    }

    private double longPong() {
        return number(server.ask("latencies"), 2);
    }

    private List<String> open(Child client, Shape shape, String task) {
        return client.ask("open", uri, shape.connections(), shape.services(), shape.grants(), task);
    }

    private static Measured measure(Child client, long runIn, long millis) {
        client.ask("measure", runIn);
        return Measured.of(client.ask("measure", millis));
    }

    /** No connection of this trial is there any more when the next one begins. */
    private void awaitNone() {
        long deadline = System.nanoTime() + CLOSING_NANOS;
        while (number(server.ask("connections"), 0) > 0) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException(cell.name() + ": connections are left: " + server.ask("connections"));
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    private long received() {
        return number(server.ask("received"), 0);
    }

    private static long number(List<String> words, int index) {
        return Long.parseLong(words.get(index));
    }

    private record Measured(long nanos, long delivered, long cpuNanos, long allocatedBytes) {

        static Measured of(List<String> words) {
            return new Measured(number(words, 0), number(words, 1), number(words, 2), number(words, 3));
        }

        Sample sample(long frames) {
            double each = Math.max(1, frames);
            return Sample.of(Figure.CPU, cpuNanos / each)
                    .with(Figure.RATE, frames * NANOS_A_SECOND / nanos)
                    .with(Figure.ALLOCATION, allocatedBytes / each);
        }
    }
}
