package io.headgate.host.ws.test;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A port of the loopback interface where somebody listens, or nobody, as told. It is kept either way. */
final class Listener {

    private static final int MOST_LOOKS = 10_000;

    private final MultiThreadIoEventLoopGroup loop;
    private final Consumer<SocketChannel> accept;
    /** The loop may need a lock to accept, so nobody who holds it may wait for the loop. */
    private final AtomicReference<@Nullable Channel> listening = new AtomicReference<>();

    /** The port while nobody listens. */
    private final AtomicReference<@Nullable HeldPort> kept = new AtomicReference<>();

    private final int port;

    /**
     * Listens.
     *
     * @param at the port; 0 for a free one
     * @param accept told each connection, on the loop, before it is active; it may be closed on one side only
     */
    Listener(MultiThreadIoEventLoopGroup loop, int at, Consumer<SocketChannel> accept) {
        this.loop = loop;
        this.accept = accept;
        Channel bound = bind(at);
        listening.set(bound);
        this.port = ((InetSocketAddress) bound.localAddress()).getPort();
    }

    int port() {
        return port;
    }

    void refuse() {
        Channel was = listening.getAndSet(null);
        if (was != null) {
            was.close().syncUninterruptibly();
            kept.set(holdPort());
        }
    }

    void listen() {
        if (listening.get() == null) {
            letGoOfPort();
            listening.set(bind(port));
        }
    }

    /** A selector closes a socket for good when it next looks at what it has; until then it listens, and keeps its port. */
    private HeldPort holdPort() {
        for (int looks = 0; looks < MOST_LOOKS; looks++) {
            Optional<HeldPort> held = HeldPort.tryOf(port);
            if (held.isPresent()) {
                return held.get();
            }
            loop.submit(() -> {}).syncUninterruptibly();
        }
        throw new IllegalStateException("port " + port + " was taken by somebody else");
    }

    void letGoOfPort() {
        HeldPort held = kept.getAndSet(null);
        if (held != null) {
            held.close();
        }
    }

    private Channel bind(int at) {
        return new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        accept.accept(channel);
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), at))
                .syncUninterruptibly()
                .channel();
    }
}
