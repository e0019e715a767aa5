package io.headgate.host.ws;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.authority.Target;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.lang.ref.WeakReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.scheduler.Schedulers;
import reactor.netty.NettyPipeline;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Giving up closes the channel, whichever of the two comes first. */
final class DialTest {

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final Dial dial = new Dial(
            Recording.spec(new Target("ws", "localhost", 80, "/", ""), "plugin/service"),
            VirtualTimeScheduler.create(),
            Schedulers.immediate(),
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

    @Test
    @DisplayName("Reactor Netty keeps the dial as long as the channel: whoever waited for it must not be kept with it")
    void forgetsWhoWaitedForItsFailure() {
        WeakReference<Object> waited = waitedInVain();

        assertThat(isCollected(waited)).isTrue();
        assertThat(dial.stage()).isEqualTo(DialStage.NAME);
    }

    private WeakReference<Object> waitedInVain() {
        BaseSubscriber<Object> waiting = new BaseSubscriber<>() {};
        dial.failure().subscribe(waiting);
        waiting.cancel();
        return new WeakReference<>(waiting);
    }

    private static boolean isCollected(WeakReference<?> reference) {
        for (int collections = 0; collections < 50 && reference.get() != null; collections++) {
            System.gc();
            LockSupport.parkNanos(1_000_000);
        }
        return reference.get() == null;
    }
}
