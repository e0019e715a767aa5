package io.headgate.host.ws;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import reactor.netty.resources.LoopResources;

/**
 * Gives each service one home event loop for as long as it dials or holds a connection; thereafter it is forgotten, and
 * the next dial may get another. The map is the only state: it is shared by every thread that dials.
 */
final class HomeLoops {

    private final LoopResources loops;
    private final Map<String, Home> homes = new ConcurrentHashMap<>();

    /** A service's loop, and how many connections hold it. */
    private record Home(EventLoop loop, int holders) {}

    HomeLoops(LoopResources loops) {
        this.loops = loops;
    }

    EventLoop hold(String service) {
        Home home = homes.compute(
                service,
                (name, known) -> known == null
                        ? new Home(loops.onClient(LoopResources.DEFAULT_NATIVE).next(), 1)
                        : new Home(known.loop(), known.holders() + 1));
        return Objects.requireNonNull(home).loop();
    }

    void release(String service) {
        homes.computeIfPresent(service, (name, home) -> fewer(home));
    }

    int services() {
        return homes.size();
    }

    /** Loop resources that know one loop. */
    LoopResources only(EventLoop home) {
        return new OneLoop(loops, home);
    }

    private static @Nullable Home fewer(Home home) {
        return home.holders() == 1 ? null : new Home(home.loop(), home.holders() - 1);
    }

    /** The loops are the driver's: disposing this disposes nothing. */
    private record OneLoop(LoopResources loops, EventLoop home) implements LoopResources {

        @Override
        public EventLoopGroup onClient(boolean useNative) {
            return home;
        }

        @Override
        public EventLoopGroup onServer(boolean useNative) {
            return home;
        }

        @Override
        public <C extends Channel> C onChannel(Class<C> channelType, EventLoopGroup group) {
            return loops.onChannel(channelType, group);
        }

        @Override
        public <C extends Channel> Class<? extends C> onChannelClass(Class<C> channelType, EventLoopGroup group) {
            return loops.onChannelClass(channelType, group);
        }
    }
}
