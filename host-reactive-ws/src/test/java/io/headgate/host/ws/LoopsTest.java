package io.headgate.host.ws;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.transport.test.ConnectionDriverContract.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import reactor.netty.resources.LoopResources;

/** Where sessions live, and what is left of a driver. */
final class LoopsTest {

    private final NettyServer server = new NettyServer(null);

    @AfterEach
    void stop() {
        server.close();
    }

    private Recording dial(ReactorNettyDriver driver, String service) {
        return Recording.of(driver, Recording.spec(server.target(Answer.ACCEPT), service));
    }

    @Test
    void theConnectionsOfAServiceShareItsHomeLoop() {
        ReactorNettyDriver driver =
                ReactorNettyDriver.create(WebSocketOptions.defaults().withEventLoops(4));
        try {
            assertThat(IntStream.range(0, 10)
                            .mapToObj(n -> dial(driver, "one").thread())
                            .distinct())
                    .hasSize(1);
            assertThat(dial(driver, "two").thread())
                    .isNotEqualTo(dial(driver, "one").thread());
            assertThat(driver.homes().services()).isEqualTo(2);
        } finally {
            driver.disposeLater().block(Recording.LIMIT);
        }
    }

    @Test
    void aServicesConnectionsAreSpreadEvenlyOverItsLoops() {
        ReactorNettyDriver driver = ReactorNettyDriver.create(
                WebSocketOptions.defaults().withEventLoops(4).withLoops(loops -> loops.withLoopsPerService(2)));
        try {
            List<Recording> ten =
                    IntStream.range(0, 10).mapToObj(n -> dial(driver, "one")).toList();
            Map<String, Long> held = ten.stream().collect(groupingBy(Recording::thread, counting()));
            assertThat(held)
                    .hasSize(2)
                    .allSatisfy((thread, count) -> assertThat(count).isEqualTo(5));

            String left = ten.get(0).thread();
            ten.stream().filter(one -> one.thread().equals(left)).limit(2).forEach(Recording::cancel);
            assertThat(dial(driver, "one").thread()).as("the one with fewer").isEqualTo(left);
            assertThat(dial(driver, "one").thread()).isEqualTo(left);
        } finally {
            driver.disposeLater().block(Recording.LIMIT);
        }
    }

    @Test
    void aServiceHasNoMoreLoopsThanThereAre() {
        ReactorNettyDriver driver = ReactorNettyDriver.create(
                WebSocketOptions.defaults().withEventLoops(2).withLoops(loops -> loops.withLoopsPerService(8)));
        try {
            assertThat(IntStream.range(0, 6)
                            .mapToObj(n -> dial(driver, "one").thread())
                            .collect(groupingBy(thread -> thread, counting()))
                            .values())
                    .containsExactly(3L, 3L);
        } finally {
            driver.disposeLater().block(Recording.LIMIT);
        }
    }

    @Test
    void aHomeIsForgottenWithItsLastConnection() {
        ReactorNettyDriver driver = ReactorNettyDriver.create();
        try {
            Recording recording = dial(driver, "one");
            recording.session();
            recording.cancel();
            assertThat(driver.homes().services()).isZero();
        } finally {
            driver.disposeLater().block(Recording.LIMIT);
        }
    }

    @Test
    void aDisposedDriverLeavesNoThread() {
        ReactorNettyDriver driver = ReactorNettyDriver.create();
        Recording recording = dial(driver, "one");
        assertThat(recording.thread()).startsWith("headgate-ws");
        driver.disposeLater().block(Recording.LIMIT);
        driver.disposeLater().block(Recording.LIMIT);

        recording.frames().onErrorComplete().blockLast(Recording.LIMIT);
        // A loop says that it has ended from its thread, which ends right after.
        Flux.interval(Duration.ofMillis(5))
                .filter(tick -> Thread.getAllStackTraces().keySet().stream()
                        .map(Thread::getName)
                        .noneMatch(name -> name.startsWith("headgate-ws") || name.startsWith("reactor-http")))
                .blockFirst(Recording.LIMIT);
        assertThat(recording.session().wire().execute(() -> {})).isFalse();
    }

    @Test
    void sharedLoopsAreNotDisposed() {
        LoopResources loops = LoopResources.create("shared", 1, true);
        try {
            ReactorNettyDriver driver =
                    ReactorNettyDriver.create(WebSocketOptions.defaults(), Schedulers.parallel(), loops);
            Recording recording = dial(driver, "one");
            recording.session();
            driver.disposeLater().block(Recording.LIMIT);

            assertThat(recording.session().wire().isOpen()).isTrue();
            assertThat(recording.session().wire().execute(() -> {})).isTrue();
            recording.cancel();
        } finally {
            loops.disposeLater().block(Recording.LIMIT);
        }
    }
}
