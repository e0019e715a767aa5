package io.headgate.samples.benchmarks.contender;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.samples.benchmarks.server.LoadServer;
import java.net.URI;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every contender does what is measured of it, all of it, and leaves nothing behind. */
final class ContenderTest {

    private static final long PATIENCE_SECONDS = 15;
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long LOAD_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final LoadServer server = new LoadServer();
    private final URI target = URI.create("ws://127.0.0.1:" + server.port() + "/");
    private final LongAdder texts = new LongAdder();
    private final LongAdder bytes = new LongAdder();

    @AfterEach
    void closesTheServer() {
        server.close();
    }

    static Stream<String> names() {
        return Contenders.names().stream();
    }

    static Stream<String> lossless() {
        return names().filter(name -> !name.equals(Contenders.HEADGATE_HOST));
    }

    @ParameterizedTest
    @MethodSource("lossless")
    void deliversAllOfAFlood(String name) {
        Contender contender = Contenders.named(name);
        open(contender, 3, receive());
        server.flood(64);
        runFor(LOAD_NANOS);
        await(() -> texts.sum() > 10_000);
        long sent = server.stop();

        await(() -> texts.sum() >= sent);
        assertThat(sent).isGreaterThan(10_000);
        assertThat(texts.sum()).isEqualTo(sent);
        assertThat(bytes.sum()).isEqualTo(64 * sent);
        close(contender);
    }

    @Test
    void deliversAllThatIsPacedWhereAFloodIsDropped() {
        Contender contender = Contenders.named(Contenders.HEADGATE_HOST);
        open(contender, 3, receive());
        server.pace(64, 2_000);
        runFor(LOAD_NANOS);
        await(() -> texts.sum() > 100);
        long sent = server.stop();

        await(() -> texts.sum() >= sent);
        assertThat(sent).isGreaterThan(100);
        assertThat(texts.sum()).isEqualTo(sent);
        close(contender);
    }

    @ParameterizedTest
    @MethodSource("names")
    void closesInTheMiddleOfAFloodAndOpensAgain(String name) {
        Contender contender = Contenders.named(name);
        open(contender, 3, receive());
        server.flood(64);
        await(() -> texts.sum() > 10_000);
        close(contender);
        server.stop();

        open(contender, 20, new Task.Idle());
        assertThat(server.connections()).isEqualTo(20);
        close(contender);
    }

    @ParameterizedTest
    @MethodSource("names")
    void sendsAndSends(String name) {
        Contender contender = Contenders.named(name);
        open(contender, 3, new Task.Send("0123456789".repeat(10)));

        await(() -> server.received() > 10_000);
        close(contender);
    }

    @ParameterizedTest
    @MethodSource("names")
    void answersEachText(String name) {
        Contender contender = Contenders.named(name);
        open(contender, 3, new Task.Echo());
        server.time(100, 500);
        runFor(LOAD_NANOS);
        await(() -> server.received() > 20);
        long sent = server.stop();

        await(() -> server.received() >= sent);
        assertThat(sent).isGreaterThan(20);
        assertThat(server.received()).isEqualTo(sent);
        assertThat(server.latencies().getTotalCount()).isEqualTo(sent);
        close(contender);
    }

    private Task receive() {
        return new Task.Receive(connection -> text -> {
            // In this order: who sees a text counted looks at its bytes.
            bytes.add(text.length());
            texts.increment();
        });
    }

    private void open(Contender contender, int connections, Task task) {
        done(contender.open(target, Shape.of(connections), task));
        await(() -> server.connections() == connections);
    }

    private void close(Contender contender) {
        done(contender.close());
        await(() -> server.connections() == 0);
    }

    private static void done(CompletionStage<Void> stage) {
        assertThat(stage.toCompletableFuture()).succeedsWithin(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private static void runFor(long nanos) {
        long end = System.nanoTime() + nanos;
        for (long left = nanos; left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.getAsBoolean() && System.nanoTime() < end) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }
}
