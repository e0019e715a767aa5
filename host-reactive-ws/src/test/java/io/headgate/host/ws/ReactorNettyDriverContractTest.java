package io.headgate.host.ws;

import io.headgate.host.authority.Target;
import io.headgate.host.transport.ConnectionDriver;
import io.headgate.host.transport.test.ConnectionDriverContract;
import java.time.Duration;
import reactor.core.publisher.Mono;

/** The Reactor Netty driver passes the contract over real sockets (R1, R11). */
final class ReactorNettyDriverContractTest extends ConnectionDriverContract {

    private final NettyServer server = new NettyServer(null);
    private final ReactorNettyDriver driver =
            ReactorNettyDriver.create(WebSocketOptions.defaults().withEventLoops(2));

    @Override
    protected void release() {
        driver.disposeLater().block(Duration.ofSeconds(10));
        server.close();
    }

    @Override
    protected ConnectionDriver driver() {
        return driver;
    }

    @Override
    protected Target remote(Answer answer) {
        return server.target(answer);
    }

    @Override
    protected Mono<? extends RemotePeer> peer() {
        return server.peer();
    }

    @Override
    protected void elapse(Duration time) {}
}
