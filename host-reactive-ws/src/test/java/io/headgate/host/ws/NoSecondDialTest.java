package io.headgate.host.ws;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.authority.Target;
import io.headgate.plugin.FailureKind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import reactor.netty.resources.ConnectionProvider;

/** One subscription is one dial, over a connection of its own. */
final class NoSecondDialTest {

    private final ReactorNettyDriver driver =
            ReactorNettyDriver.create(WebSocketOptions.defaults().withEventLoops(1));

    @AfterEach
    void stop() {
        driver.disposeLater().block(Recording.LIMIT);
    }

    @Test
    @DisplayName("Pitfall 23: a connection that is reset before the request left is not dialled again")
    void noRetry() throws IOException {
        AtomicInteger accepted = new AtomicInteger();
        try (ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread resetting = new Thread(() -> resetAll(listening, accepted), "resetting-server");
            resetting.setDaemon(true);
            resetting.start();
            Target target = new Target("wss", "127.0.0.1", listening.getLocalPort(), "/", "");
            Recording.of(driver, Recording.spec(target, "s")).failure(FailureKind.CONNECT);
        }

        assertThat(accepted).hasValue(1);
    }

    @Test
    @DisplayName("Pitfall 13: no connection takes a slot of a pool")
    void noPool() {
        assertThat(driver.client().configuration().connectionProvider()).isSameAs(ConnectionProvider.newConnection());
    }

    private static void resetAll(ServerSocket listening, AtomicInteger accepted) {
        while (!listening.isClosed()) {
            try (Socket socket = listening.accept()) {
                accepted.incrementAndGet();
                socket.setSoLinger(true, 0);
                if (socket.getInputStream().read() < 0) {
                    return;
                }
            } catch (IOException closed) {
                return;
            }
        }
    }
}
