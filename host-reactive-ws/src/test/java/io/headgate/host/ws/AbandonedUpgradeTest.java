package io.headgate.host.ws;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.guards.ReportingLeakDetector;
import io.headgate.host.authority.Target;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;

/** A dial that is given up while its event loop reads the answer: the 101 finds nobody, and a frame came with it. */
final class AbandonedUpgradeTest {

    private static final int ROUNDS = 500;
    private static final int LATEST_NANOS = 300_000;
    private static final int[] TEXT = {0x81, 2, 'h', 'i'};

    private final ReactorNettyDriver driver =
            ReactorNettyDriver.create(WebSocketOptions.defaults().withEventLoops(1));
    private final Random random = new Random(15);
    private ServerSocket listening;

    @BeforeEach
    void listen() throws IOException {
        listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void stop() throws IOException {
        driver.disposeLater().block(Recording.LIMIT);
        listening.close();
    }

    @Test
    @DisplayName("Pitfall 15: what came with a 101 that nobody waits for any more is released")
    void whatCameWithTheAnswerIsReleased() throws Exception {
        Target target = new Target("ws", "localhost", listening.getLocalPort(), "/", "");
        for (int round = 0; round < ROUNDS; round++) {
            Disposable dial = driver.connect(
                            Recording.spec(target, "s"),
                            session -> session.frames().then())
                    .subscribe();
            try (Socket socket = listening.accept()) {
                byte[] answer = answer(socket);
                socket.getOutputStream().write(answer);
                spin(random.nextInt(LATEST_NANOS));
                dial.dispose();
                awaitTheEnd(socket);
            }
        }
        assertThat(ReportingLeakDetector.drain()).isEmpty();
    }

    private static byte[] answer(Socket socket) throws Exception {
        InputStream in = socket.getInputStream();
        StringBuilder request = new StringBuilder();
        while (request.indexOf("\r\n\r\n") < 0) {
            request.append(new String(new byte[] {(byte) in.read()}, StandardCharsets.US_ASCII));
        }
        return RawServer.upgradeAnd(TEXT).to(request.toString());
    }

    private static void spin(int nanos) {
        long end = System.nanoTime() + nanos;
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    private static void awaitTheEnd(Socket socket) {
        try {
            socket.getInputStream().readAllBytes();
        } catch (IOException reset) {
            // an end as well
        }
    }
}
