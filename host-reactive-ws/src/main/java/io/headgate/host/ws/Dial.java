package io.headgate.host.ws;

import io.headgate.host.transport.ConnectionSpec;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;
import reactor.netty.NettyPipeline;

/**
 * One attempt to open a session. Giving up may come from any thread and at any moment, also while Reactor Netty hands over
 * the open connection to nobody: then it is this that closes the channel.
 */
final class Dial {

    private static final String GUARD = NettyPipeline.LEFT + "headgateUpgrade";

    private final UpgradeGuard guard;
    private volatile @Nullable Channel channel;
    private volatile boolean abandoned;

    Dial(ConnectionSpec spec) {
        this.guard = new UpgradeGuard(spec);
    }

    String subprotocol() {
        return guard.subprotocol();
    }

    /** On the event loop, when the pipeline is made. The guard's name keeps Reactor Netty's aggregator behind it. */
    void begin(Channel made) {
        channel = made;
        made.pipeline().addAfter(NettyPipeline.HttpCodec, GUARD, guard);
        if (abandoned) {
            made.close();
        }
    }

    void abandon() {
        abandoned = true;
        Channel made = channel;
        if (made != null) {
            made.close();
        }
    }
}
