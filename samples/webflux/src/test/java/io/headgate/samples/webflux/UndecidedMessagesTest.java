package io.headgate.samples.webflux;

import static io.headgate.samples.webflux.RunningSample.problem;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.ws.test.PeerServer;
import io.headgate.samples.webflux.RunningSample.Link;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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

    @Test
    @DisplayName("504: nobody knows in time; 429: one connection has its share of places, then all are taken")
    void undecided(@TempDir Path folder) {
        List<Link> links = List.of(
                new Link("slow", server.uri() + "a", "access: [subscribe, send], send-budget: 1/1d"),
                new Link("other", server.uri() + "b", "access: [subscribe, send], send-budget: 1/1d"));
        try (RunningSample other = RunningSample.start(
                folder,
                links,
                "",
                NoBeans.class,
                "headgate.messages.at-once=4",
                "headgate.messages.patience=50ms",
                "headgate.messages.budget-wait=1d",
                "headgate.stop-grace=0s")) {
            other.awaitOpen("slow", "other");
            // With a patience of 50 ms even the one with a token may be told 504: what counts is what the host has.
            other.post("slow", "has the token");
            other.post("other", "has the token");
            RunningSample.await(() -> other.service().commands().sent() == 2);
            for (int i = 0; i < 3; i++) {
                problem(other.post("slow", "waits"), 504);
            }
            RunningSample.await(() -> other.service().commands().inFlight() == 3);
            assertThat(problem(other.post("slow", "one too many"), 429)).containsEntry("rule", "mailbox-full");
            problem(other.post("other", "waits"), 504);
            assertThat(problem(other.post("other", "no place"), 429)).doesNotContainKey("rule");
            assertThat(other.bean(Calls.class).refused()).isOne();
            assertThat(other.bean(Calls.class).undecided()).isEqualTo(4);
        }
    }
}
