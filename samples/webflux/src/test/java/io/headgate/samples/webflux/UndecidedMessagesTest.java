package io.headgate.samples.webflux;

import static io.headgate.samples.webflux.RunningSample.problem;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.ws.test.PeerServer;
import io.headgate.samples.webflux.RunningSample.Link;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a caller is told of a message that nobody has decided, and of one that has no place. */
final class UndecidedMessagesTest {

    private final PeerServer server = PeerServer.start(new Talker());

    @AfterEach
    void end() {
        server.close();
    }

    @Test
    @DisplayName("503: the plugin does not run any more")
    void stopped(@TempDir Path folder) {
        Link link = new Link("chat", server.uri(), "access: [subscribe, send]");
        try (RunningSample other = RunningSample.start(folder, List.of(link), "", NoBeans.class)) {
            other.awaitOpen("chat").host().stop(Duration.ZERO).block(RunningSample.LIMIT);
            problem(other.post("chat", "hello"), 503);
        }
    }

    private RunningSample sample(Path folder, String patience) {
        List<Link> links = List.of(
                new Link("slow", server.uri() + "a", "access: [subscribe, send], send-budget: 1/1d"),
                new Link("other", server.uri() + "b", "access: [subscribe, send], send-budget: 1/1d"));
        return RunningSample.start(
                        folder,
                        links,
                        "",
                        NoBeans.class,
                        "headgate.messages.at-once=4",
                        "headgate.messages.patience=" + patience,
                        "headgate.messages.budget-wait=1d",
                        "headgate.stop-grace=0s")
                .awaitOpen("slow", "other");
    }

    @Test
    @DisplayName("504: nobody knows in time, and the message keeps its place")
    void late(@TempDir Path folder) {
        try (RunningSample sample = sample(folder, "50ms")) {
            // Whether the one with the token is told in 50 ms is up to the machine.
            sample.post("slow", "has the token");
            RunningSample.await(() -> sample.service().commands().sent() == 1);
            problem(sample.post("slow", "waits"), 504);
            RunningSample.await(() -> sample.service().commands().inFlight() == 1);
            assertThat(sample.bean(Calls.class).undecided()).isOne();
        }
    }

    @Test
    @DisplayName(
            "429: one connection has its share of places, then all are taken; 503: the plugin ends before it is told")
    void noPlace(@TempDir Path folder) {
        try (RunningSample sample = sample(folder, "1h")) {
            sample.post("slow", "has the token").expectStatus().isOk();
            sample.post("other", "has the token").expectStatus().isOk();
            Callers slow = new Callers(sample.base(), "slow");
            Callers other = new Callers(sample.base(), "other");
            CompletableFuture<Void> waiting = slow.call(3, 3).toFuture();
            RunningSample.await(() -> sample.service().commands().inFlight() == 3);
            assertThat(problem(sample.post("slow", "one too many"), 429)).containsEntry("rule", "mailbox-full");

            CompletableFuture<Void> last = other.call(1, 1).toFuture();
            RunningSample.await(() -> sample.service().commands().inFlight() == 4);
            assertThat(problem(sample.post("other", "no place"), 429)).doesNotContainKey("rule");
            assertThat(sample.bean(Calls.class).refused()).isOne();

            sample.host().stop(Duration.ZERO).block(RunningSample.LIMIT);
            RunningSample.await(() -> waiting.isDone() && last.isDone());
            assertThat(slow.answers().keySet()).allMatch(answer -> answer.startsWith("503"));
            assertThat(other.answers().keySet()).allMatch(answer -> answer.startsWith("503"));
        }
    }
}
