package io.headgate.host.ws.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/** A port of the loopback interface that is taken, and where nobody listens: who dials it is refused, by nobody else's server. */
record HeldPort(Socket socket) implements AutoCloseable {

    static HeldPort of(int port) {
        Socket socket = new Socket();
        try {
            // Connections of the one who listened there may live on.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return new HeldPort(socket);
        } catch (IOException taken) {
            throw new UncheckedIOException(taken);
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
