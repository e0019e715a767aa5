package io.headgate.host.ws;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.authority.Target;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.netty.NettyPipeline;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Giving up closes the channel, whichever of the two comes first. */
final class DialTest {

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final Dial dial = new Dial(
            Recording.spec(new Target("ws", "localhost", 80, "/", ""), "plugin/service"),
            VirtualTimeScheduler.create(),
            new DefaultEventLoop(),
            Trust.system());

    @BeforeEach
    void prepare() {
        channel.pipeline().addLast(NettyPipeline.HttpCodec, new ChannelInboundHandlerAdapter());
    }

    @Test
    void anAbandonedDialClosesItsChannel() {
        dial.begin(channel);
        assertThat(channel.isOpen()).isTrue();
        dial.abandon();

        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void aChannelMadeTooLateIsClosed() {
        dial.abandon();
        dial.begin(channel);

        assertThat(channel.isOpen()).isFalse();
    }
}
