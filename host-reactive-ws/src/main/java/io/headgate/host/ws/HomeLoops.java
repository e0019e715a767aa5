package io.headgate.host.ws;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.resources.LoopResources;

/**
 * Gives each service its home event loops for as long as it dials or holds a connection; thereafter it is forgotten, and
 * the next dial may get others. A connection keeps to its loop. The maps are the only state: they are shared by every thread
 * that dials.
 */
final class HomeLoops {

    private final LoopResources loops;
    private final int loopsPerService;
    private final DialGate gate;
    private final Map<String, Home> homes = new ConcurrentHashMap<>();
    /** One for each loop: to make one describes the loop in words. */
    private final Map<EventLoop, Scheduler> schedulers = new ConcurrentHashMap<>();

    /** A service's slots for dials, and how many connections hold each of its loops. */
    private record Home(Slots slots, Map<EventLoop, Integer> holders, EventLoop latest) {}

    /** A connection's place: its loop, also as a scheduler, and the slots it shares with its service. */
    record Seat(String service, EventLoop loop, Scheduler onLoop, Slots slots) {}

    HomeLoops(LoopResources loops, int loopsPerService, DialGate gate) {
        this.loops = loops;
        this.loopsPerService = loopsPerService;
        this.gate = gate;
    }

    Seat hold(String service) {
        Home home = Objects.requireNonNull(homes.compute(service, (name, known) -> more(known)));
        EventLoop loop = home.latest();
        Scheduler onLoop = schedulers.computeIfAbsent(loop, Schedulers::fromExecutor);
        return new Seat(service, loop, onLoop, home.slots());
    }

    void release(Seat seat) {
        homes.computeIfPresent(seat.service(), (name, home) -> fewer(home, seat.loop()));
    }

    int services() {
        return homes.size();
    }

    /** Loop resources that know one loop. */
    LoopResources only(EventLoop home) {
        return new OneLoop(loops, home);
    }

    private Home more(@Nullable Home known) {
        Map<EventLoop, Integer> holders = known == null ? new HashMap<>() : new HashMap<>(known.holders());
        EventLoop loop = choose(holders);
        holders.merge(loop, 1, Integer::sum);
        return new Home(known == null ? gate.slots() : known.slots(), holders, loop);
    }

    private static @Nullable Home fewer(Home home, EventLoop loop) {
        Map<EventLoop, Integer> holders = new HashMap<>(home.holders());
        holders.computeIfPresent(loop, (held, count) -> count == 1 ? null : count - 1);
        return holders.isEmpty() ? null : new Home(home.slots(), holders, home.latest());
    }

    /** A further loop while the service may have one, then the one that the fewest of its connections hold. */
    private EventLoop choose(Map<EventLoop, Integer> holders) {
        if (holders.size() < loopsPerService) {
            EventLoopGroup all = loops.onClient(LoopResources.DEFAULT_NATIVE);
            EventLoop next = all.next();
            if (!holders.containsKey(next)) {
                return next;
            }
            for (EventExecutor other : all) {
                if (other instanceof EventLoop loop && !holders.containsKey(loop)) {
                    return loop;
                }
            }
        }
        return holders.entrySet().stream()
                .min(Comparator.comparingInt(Map.Entry::getValue))
                .orElseThrow()
                .getKey();
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
