package io.headgate.host.ws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import org.junit.jupiter.api.Assumptions;

/** Listens at 127.0.0.2, on the port of a server at 127.0.0.1, for a dial that goes where it may not. */
final class Trap implements AutoCloseable {

    private final ServerSocketChannel listening;

    private Trap(ServerSocketChannel listening) {
        this.listening = listening;
    }

    static Trap beside(int port) {
        try {
            ServerSocketChannel made = ServerSocketChannel.open();
            made.configureBlocking(false);
            try {
                return new Trap(made.bind(new InetSocketAddress("127.0.0.2", port)));
            } catch (BindException unavailable) {
                made.close();
                Assumptions.abort("127.0.0.2 cannot be listened at here: " + unavailable.getMessage());
                throw unavailable;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The kernel accepts for us: a connection that was made before waits here. */
    void expectNobody() {
        try {
            assertThat(listening.accept()).isNull();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
