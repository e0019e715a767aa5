package io.headgate.samples.standalone.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.samples.standalone.peer.TestPeer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.netty.http.client.HttpClient;

/** What an operator's signals do to a host that runs, with a plugin of a jar and a peer that it talks to. */
@Timeout(180)
@DisabledOnOs(OS.WINDOWS)
final class SignalsTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    /** Whatever it is told, it answers: the plugin sends without end. */
    private final TestPeer peer = TestPeer.start(text -> "go on");

    private Path folder;
    private String grants;

    @BeforeEach
    void files(@TempDir Path given) throws IOException {
        folder = given;
        PumpFiles.write(folder, peer.uri("gateway"));
        grants = Files.readString(folder.resolve("grants.yaml"));
    }

    @AfterEach
    void end() {
        peer.close();
    }

    private HostProcess talking() throws IOException {
        HostProcess host = HostProcess.start(folder);
        try {
            host.await(() -> peer.sessions() == 1, "connected");
            IntStream.range(0, 8).forEach(at -> peer.send("go"));
            host.await(() -> peer.received().size() > 500, "in the midst of sends");
            return host;
        } catch (Throwable failed) {
            host.close();
            throw failed;
        }
    }

    private static String get(String uri) {
        return Objects.requireNonNull(HttpClient.newConnection()
                .get()
                .uri(uri)
                .responseContent()
                .aggregate()
                .asString()
                .block(LIMIT));
    }

    @ParameterizedTest
    @CsvSource({"TERM, 143", "INT, 130"})
    @DisplayName(
            "in the midst of sends, told to stop: what the plugin sent arrives whole and in order, its last word too, and then a Close with 1001")
    void stops(String signal, int exitCode) throws IOException, InterruptedException {
        try (HostProcess host = talking()) {
            host.signal(signal);

            assertThat(host.exitCode()).isEqualTo(exitCode);
            List<String> received = List.copyOf(peer.received());
            assertThat(received).last().isEqualTo("bye");
            assertThat(received.subList(0, received.size() - 1))
                    .isEqualTo(IntStream.range(1, received.size())
                            .mapToObj(Integer::toString)
                            .toList());
            assertThat(peer.closeCodes()).containsExactly(1001);
            assertThat(host.log())
                    .contains("stopped")
                    .doesNotContain("was cut off")
                    .doesNotContain("Exception");
        }
    }

    @Test
    @DisplayName(
            "SIGHUP: grants that take something away hold at once; a file that cannot be used changes nothing, and the log says what is wrong")
    void readsGrantsAgain() throws IOException, InterruptedException {
        Path file = folder.resolve("grants.yaml");
        try (HostProcess host = talking()) {
            Files.writeString(file, grants.replace("reconnect:", "reconect:"));
            host.signal("HUP");
            host.awaitLog("the grants stay as they were: grants.yaml:7:5: grants[0].reconect: unknown key");
            int before = peer.received().size();
            host.await(() -> peer.received().size() > before + 500, "it goes on as before");

            Files.writeString(file, grants.replace("[subscribe, send]", "[subscribe]"));
            host.signal("HUP");
            host.awaitLog("the grants were read again: grants.yaml");
            host.await(() -> get(host.url() + "/status").contains("\"send-not-granted\""), "refused");
            assertThat(get(host.url() + "/readyz")).isEqualTo("degraded\n");

            Files.writeString(file, "version: 1\ngrants: []\n");
            host.signal("HUP");
            host.await(() -> get(host.url() + "/readyz").equals("not-ready\n"), "not ready");
            host.await(() -> peer.sessions() == 0, "cut off");

            Files.writeString(file, grants);
            host.signal("HUP");
            host.await(() -> peer.sessions() == 1, "connected again");
            host.signal("TERM");
            assertThat(host.exitCode()).isEqualTo(143);
        }
    }
}
