package io.headgate.host.ws.test;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import reactor.core.scheduler.Scheduler;

/** The tunnels of a proxy that are open, and what those to come will be like. Every method belongs to the event loop. */
final class Tunnels {

    private final InetSocketAddress peer;
    private final Scheduler clock;
    private final Tally tally;
    private final List<Tunnel> open = new ArrayList<>();
    private final Deque<TcpScript> scripts = new ArrayDeque<>();
    private TcpFault otherwise = TcpFault.pass();
    private boolean closed;

    Tunnels(InetSocketAddress peer, Scheduler clock, Tally tally) {
        this.peer = peer;
        this.clock = clock;
        this.tally = tally;
    }

    void add(TcpScript script) {
        scripts.add(script);
    }

    void now(TcpFault fault) {
        scripts.clear();
        otherwise = fault;
        List.copyOf(open).forEach(tunnel -> tunnel.now(fault));
    }

    /** For good, and what is accepted from now on as well. */
    void close() {
        closed = true;
        List.copyOf(open).forEach(Tunnel::close);
    }

    void accept(SocketChannel host) {
        if (closed) {
            host.close();
            return;
        }
        host.config().setAutoRead(false);
        tally.count(TcpCounts::opened);
        TcpScript next = scripts.poll();
        TcpScript script = next == null ? TcpScript.of(otherwise) : next;
        new Bootstrap()
                .group(host.eventLoop())
                .channel(NioSocketChannel.class)
                .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .option(ChannelOption.AUTO_READ, false)
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        open.add(new Tunnel(host, channel, script, tally, clock, open::remove));
                    }
                })
                .connect(peer);
    }
}
