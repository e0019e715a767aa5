package io.headgate.host.ws.soak;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The other end of all connections: a WebSocket server on some ports of the loopback interface. Any thread. */
final class Peer implements AutoCloseable {

    private static final int LOOPS = 2;
    private static final int LARGEST_REQUEST = 8192;

    private final Verdict verdict;
    private final MultiThreadIoEventLoopGroup loops =
            new MultiThreadIoEventLoopGroup(LOOPS, new DefaultThreadFactory("soak-peer"), NioIoHandler.newFactory());
    private final ChannelGroup sockets = new DefaultChannelGroup(ImmediateEventExecutor.INSTANCE);
    private final AtomicLong sessions = new AtomicLong();
    private final Map<Place, PeerConnection> connections =
            Place.ALL.stream().collect(Collectors.toMap(Function.identity(), PeerConnection::new));
    private final List<PeerPort> ports;

    Peer(Verdict verdict) {
        this.verdict = verdict;
        ServerBootstrap server = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        sockets.add(channel);
                        channel.pipeline()
                                .addLast(
                                        new HttpServerCodec(),
                                        new HttpObjectAggregator(LARGEST_REQUEST),
                                        new PeerUpgrade(Peer.this));
                    }
                });
        ports = IntStream.range(0, Roster.ports())
                .mapToObj(i -> new PeerPort(server))
                .toList();
    }

    /** The number of one of its ports, {@link Roster#ports()} of them. */
    int port(int index) {
        return ports.get(index).number();
    }

    PeerPort at(int port) {
        return ports.get(port);
    }

    PeerConnection at(Place place) {
        return connections.get(place);
    }

    PeerSession session(PeerConnection connection, Channel channel) {
        return new PeerSession(sessions.incrementAndGet(), connection, channel, verdict);
    }

    /** All sockets that it has, those of dials that were not answered too. */
    int sockets() {
        return sockets.size();
    }

    /** Listens everywhere, and suffers nothing any more. */
    void calm() {
        ports.forEach(PeerPort::up);
        connections.values().forEach(PeerConnection::calm);
    }

    void pause(boolean pause) {
        connections.values().forEach(connection -> connection.open().forEach(session -> session.pause(pause)));
    }

    @Override
    public void close() {
        ports.forEach(PeerPort::close);
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
