package io.headgate.host.ws.soak;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/** A port of the peer's, where somebody listens or nobody does; while nobody does, it is still nobody else's. */
final class PeerPort implements AutoCloseable {

    private final ServerBootstrap server;
    /** Bound all the time and never listening: it keeps the port. */
    private final Socket keeper = new Socket();

    private Channel listening;

    PeerPort(ServerBootstrap server) {
        this.server = server;
        try {
            keeper.setReuseAddress(true);
            keeper.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
        listening = bound();
    }

    int number() {
        return keeper.getLocalPort();
    }

    /** Until {@link #up()} dials are refused. */
    synchronized void down() {
        listening.close().syncUninterruptibly();
    }

    synchronized void up() {
        if (!listening.isOpen()) {
            listening = bound();
        }
    }

    private Channel bound() {
        return server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), number()))
                .syncUninterruptibly()
                .channel();
    }

    @Override
    public void close() {
        down();
        try {
            keeper.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
