package io.headgate.host.ws.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Optional;

/** A port of the loopback interface that is taken, and where nobody listens: who dials it is refused, by nobody else's server. */
record HeldPort(Socket socket) implements AutoCloseable {

    /** Empty while somebody else has it. */
    static Optional<HeldPort> tryOf(int port) {
        HeldPort held = new HeldPort(new Socket());
        boolean bound = false;
        try {
            bound = held.bind(port);
            return bound ? Optional.of(held) : Optional.empty();
        } finally {
            if (!bound) {
                held.close();
            }
        }
    }

    private boolean bind(int port) {
        try {
            // Connections of the one who listened there may live on.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (BindException taken) {
            return false;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
