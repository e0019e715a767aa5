package io.headgate.host.ws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.host.authority.Target;
import io.headgate.host.transport.DialTimeouts;
import io.headgate.host.transport.Frame;
import io.headgate.host.transport.TransportException;
import io.headgate.host.transport.test.ConnectionDriverContract.Answer;
import io.headgate.plugin.FailureKind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Each stage of a dial has a deadline of its own, which says which stage it was and for how long it was waited. */
final class DialDeadlinesTest {

    private static final Duration SHORT = Duration.ofMillis(300);

    private final SlowNames names = new SlowNames();
    private final List<AutoCloseable> open = new ArrayList<>();
    private final ReactorNettyDriver driver = ReactorNettyDriver.create(
            WebSocketOptions.defaults().withEventLoops(1), Schedulers.parallel(), (options, loops) -> names.resolver());

    @AfterEach
    void stop() throws Exception {
        driver.disposeLater().block(Recording.LIMIT);
        for (AutoCloseable closing : open) {
            closing.close();
        }
    }

    private TransportException late(Target target, DialTimeouts timeouts) {
        return Recording.of(driver, Recording.spec(target, "s", timeouts)).failure(FailureKind.TIMEOUT);
    }

    private static Target target(String scheme, ServerSocket listening) {
        return new Target(scheme, "127.0.0.1", listening.getLocalPort(), "/", "token=secret");
    }

    @Test
    @DisplayName("Pitfall 2: a name that nobody answers for")
    void theName() {
        assertThat(late(
                        new Target("ws", SlowNames.SILENT, 80, "/", "token=secret"),
                        DialTimeouts.defaults().withName(SHORT)))
                .hasMessage("the name was not resolved within PT0.3S");
    }

    @Test
    void aNameThatIsAnsweredTooLateIsNotDialled() throws Exception {
        ServerSocket listening = listening();
        late(
                new Target("ws", SlowNames.SILENT, listening.getLocalPort(), "/", ""),
                DialTimeouts.defaults().withName(SHORT));
        names.answer(InetAddress.getLoopbackAddress());
        driver.disposeLater().block(Recording.LIMIT);
        listening.setSoTimeout(1);

        assertThatThrownBy(listening::accept).isInstanceOf(SocketTimeoutException.class);
    }

    @Test
    @DisplayName("Pitfall 2: an address that drops what is sent to it")
    void tcp() throws Exception {
        assertThat(late(target("ws", full()), DialTimeouts.defaults().withTcp(SHORT)))
                .hasMessage("TCP was not established within PT0.3S");
    }

    @Test
    @DisplayName("Pitfall 2: a peer that accepts TCP and says nothing to TLS")
    void tls() throws Exception {
        assertThat(late(target("wss", listening()), DialTimeouts.defaults().withTls(SHORT)))
                .hasMessage("TLS was not established within PT0.3S");
    }

    @Test
    @DisplayName("Pitfall 2: a peer that accepts TCP and says nothing to the upgrade")
    void theUpgrade() throws Exception {
        assertThat(late(target("ws", listening()), DialTimeouts.defaults().withUpgrade(SHORT)))
                .hasMessage("the peer did not answer the upgrade within PT0.3S");
    }

    @Test
    @DisplayName("Pitfall 2: a peer that trickles its answer to the upgrade")
    void theRestOfTheUpgrade() throws Exception {
        try (RawServer raw = new RawServer(RawServer.text("HTTP/1.1 101 Swi"))) {
            assertThat(late(raw.target(), DialTimeouts.defaults().withUpgrade(SHORT)))
                    .hasMessage("the peer did not answer the upgrade within PT0.3S");
            assertThat(raw.received().get(20, TimeUnit.SECONDS)).as("hung up").isEmpty();
        }
    }

    @Test
    @DisplayName("Pitfall 2: no deadline is left once the session is open, and none of Netty's")
    void anOpenSessionHasNone() {
        VirtualTimeScheduler time = VirtualTimeScheduler.create();
        ReactorNettyDriver timed = ReactorNettyDriver.create(WebSocketOptions.defaults(), time);
        try (NettyServer server = new NettyServer(null)) {
            Recording recording = Recording.of(timed, Recording.spec(server.target(Answer.ACCEPT), "s"));
            recording.session();
            assertThat(time.getScheduledTaskCount() > 0)
                    .as("deadlines were set")
                    .isTrue();
            time.advanceTimeBy(Duration.ofDays(1));
            Objects.requireNonNull(server.peer().block(Recording.LIMIT)).text("alive");

            StepVerifier.create(recording.frames().take(1))
                    .expectNext(new Frame.Text("alive", 5))
                    .expectComplete()
                    .verify(Recording.LIMIT);
            recording.cancel();
        } finally {
            timed.disposeLater().block(Recording.LIMIT);
        }
    }

    private ServerSocket listening() throws IOException {
        ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        open.add(listening);
        return listening;
    }

    /** Accepts nothing, and takes no more: what is sent to it now is dropped. */
    private ServerSocket full() throws IOException {
        ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        open.add(listening);
        while (true) {
            Socket waiting = new Socket();
            open.add(waiting);
            try {
                waiting.connect(new InetSocketAddress(listening.getInetAddress(), listening.getLocalPort()), 200);
            } catch (SocketTimeoutException dropped) {
                return listening;
            }
        }
    }
}
