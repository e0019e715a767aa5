package io.headgate.host.ws;

import io.netty.channel.EventLoop;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import reactor.core.publisher.Mono;

/**
 * Lets dials begin: so many at a time for each service, and of these so many on each loop. A dial takes its service's slot
 * first and its loop's second, always in this order, so none waits for one that waits for it. Any thread.
 */
final class DialGate {

    private final LoopOptions options;
    private final Map<EventLoop, Slots> loops = new ConcurrentHashMap<>();
    private final AtomicInteger dialling = new AtomicInteger();
    private final AtomicInteger waiting = new AtomicInteger();
    private final LongAdder waitedForService = new LongAdder();
    private final LongAdder waitedForLoop = new LongAdder();

    DialGate(LoopOptions options) {
        this.options = options;
    }

    /** The slots of a service, to be kept while it has a connection or a dial. */
    Slots slots() {
        return new Slots(options.handshakesPerService(), waiting, waitedForService);
    }

    /** Subscribes to the handshake on the seat's loop when it is its turn. */
    <T> Mono<T> admit(HomeLoops.Seat seat, Mono<T> handshake) {
        Mono<T> counted = Mono.using(
                dialling::incrementAndGet,
                count -> handshake.subscribeOn(seat.onLoop()),
                count -> dialling.decrementAndGet());
        return seat.slots().hold(ofLoop(seat.loop()).hold(counted));
    }

    DialCounts counts() {
        return new DialCounts(dialling.get(), waiting.get(), waitedForService.sum(), waitedForLoop.sum());
    }

    /** The slots of a loop; there are as many of them as loops. */
    Slots ofLoop(EventLoop loop) {
        return loops.computeIfAbsent(loop, of -> new Slots(options.handshakesPerLoop(), waiting, waitedForLoop));
    }
}
