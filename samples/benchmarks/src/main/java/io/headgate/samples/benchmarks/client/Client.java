package io.headgate.samples.benchmarks.client;

import io.headgate.samples.benchmarks.contender.Contender;
import io.headgate.samples.benchmarks.contender.Shape;
import io.headgate.samples.benchmarks.contender.Task;
import java.net.URI;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/** One contender, and what its use costs. */
final class Client {

    private static final long OPENING_SECONDS = 120;

    private final Contender contender;
    private CostlyHandler handler = new CostlyHandler(0);
    private Deliveries deliveries = new Deliveries(0);

    Client(Contender contender) {
        this.contender = contender;
    }

    /** What each text costs on top, deliberately, on connections that are opened from now on. */
    void burden(double nanosEach) {
        handler = new CostlyHandler(nanosEach);
    }

    /** What a stretch of time has cost. */
    record Cost(long nanos, long delivered, long cpuNanos, long allocatedBytes) {}

    /** Opens, and tells what that cost; nothing is delivered. */
    Cost open(URI target, Shape shape, Task task) {
        long began = System.nanoTime();
        long cpu = Meter.cpuNanos();
        await(contender.open(target, shape, task));
        return new Cost(System.nanoTime() - began, 0, Meter.cpuNanos() - cpu, 0);
    }

    Task.Receive receive(Shape shape) {
        Deliveries counts = new Deliveries(shape.connections());
        deliveries = counts;
        return new Task.Receive(connection -> handler.apply(counts.recipient(connection)));
    }

    Cost measure(long millis) {
        long allocated = Meter.allocatedBytes();
        long cpu = Meter.cpuNanos();
        long delivered = deliveries.total();
        long began = System.nanoTime();
        pauseUntil(began + TimeUnit.MILLISECONDS.toNanos(millis));
        return new Cost(
                System.nanoTime() - began,
                deliveries.total() - delivered,
                Meter.cpuNanos() - cpu,
                Meter.allocatedBytes() - allocated);
    }

    /** How many texts were delivered since the connections were opened, once so many were or no more come. */
    long drain(long expected) {
        return Drain.until(expected, deliveries::total);
    }

    void close() {
        await(contender.close());
    }

    private static void pauseUntil(long nanoTime) {
        for (long left = nanoTime - System.nanoTime(); left > 0; left = nanoTime - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private static void await(CompletionStage<Void> stage) {
        try {
            stage.toCompletableFuture().get(OPENING_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException failed) {
            throw new IllegalStateException("the contender failed", failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
        }
    }
}
