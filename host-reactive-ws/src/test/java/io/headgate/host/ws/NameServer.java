package io.headgate.host.ws;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.handler.codec.dns.DatagramDnsQuery;
import io.netty.handler.codec.dns.DatagramDnsQueryDecoder;
import io.netty.handler.codec.dns.DatagramDnsResponse;
import io.netty.handler.codec.dns.DatagramDnsResponseEncoder;
import io.netty.handler.codec.dns.DefaultDnsQuestion;
import io.netty.handler.codec.dns.DefaultDnsRawRecord;
import io.netty.handler.codec.dns.DnsQuestion;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsSection;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.dns.DnsAddressResolverGroup;
import io.netty.resolver.dns.SequentialDnsServerAddressStreamProvider;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import reactor.netty.resources.LoopResources;

/** A DNS server on the loopback interface that lets its answers be kept for ever, and gives another one each time. */
final class NameServer implements AutoCloseable {

    private static final int FOR_EVER = Integer.MAX_VALUE;

    private final MultiThreadIoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Queue<InetAddress> answers = new ConcurrentLinkedQueue<>();
    private final Channel listening = new Bootstrap()
            .group(loops)
            .channel(NioDatagramChannel.class)
            .handler(new ChannelInitializer<>() {
                @Override
                protected void initChannel(Channel channel) {
                    channel.pipeline()
                            .addLast(new DatagramDnsQueryDecoder(), new DatagramDnsResponseEncoder(), new Answers());
                }
            })
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .syncUninterruptibly()
            .channel();

    NameServer(InetAddress... addresses) {
        answers.addAll(List.of(addresses));
    }

    /** The resolver that the driver makes, with this server in the place of the system's. */
    AddressResolverGroup<InetSocketAddress> resolver(WebSocketOptions options, LoopResources driver) {
        return Names.resolver(
                options,
                driver,
                builder -> new DnsAddressResolverGroup(builder.searchDomains(List.of())
                        .nameServerProvider(new SequentialDnsServerAddressStreamProvider(
                                (InetSocketAddress) listening.localAddress()))));
    }

    @Override
    public void close() {
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private final class Answers extends SimpleChannelInboundHandler<DatagramDnsQuery> {

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, DatagramDnsQuery query) {
            DnsQuestion question = query.recordAt(DnsSection.QUESTION);
            DatagramDnsResponse response = new DatagramDnsResponse(
                    /* sender= */ query.recipient(), /* recipient= */ query.sender(), query.id());
            response.addRecord(DnsSection.QUESTION, new DefaultDnsQuestion(question.name(), question.type()));
            if (question.type().equals(DnsRecordType.A)) {
                byte[] address = answers.remove().getAddress();
                response.addRecord(
                        DnsSection.ANSWER,
                        new DefaultDnsRawRecord(
                                question.name(), DnsRecordType.A, FOR_EVER, Unpooled.wrappedBuffer(address)));
            }
            ctx.writeAndFlush(response);
        }
    }
}
