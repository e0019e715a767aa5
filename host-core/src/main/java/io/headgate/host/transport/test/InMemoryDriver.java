package io.headgate.host.transport.test;

import io.headgate.host.authority.RefusedAddresses;
import io.headgate.host.transport.ConnectionDriver;
import io.headgate.host.transport.ConnectionSpec;
import io.headgate.host.transport.SessionHandler;
import io.headgate.host.transport.TransportException;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * A driver without sockets or threads, for tests in virtual time. Each dial is an {@link InMemoryPeer} that the test
 * scripts; whatever waits, waits on the scheduler it was made with.
 *
 * <pre>{@code
 * InMemoryDriver driver = InMemoryDriver.on(VirtualTimeScheduler.getOrSet());
 * host.start();
 * driver.peer("gateway").accept().text("hello");
 * }</pre>
 */
public final class InMemoryDriver implements ConnectionDriver {

    private final Scheduler timers;
    private final List<InMemoryPeer> dials = new CopyOnWriteArrayList<>();
    private final InMemoryNames names = new InMemoryNames();
    private volatile boolean hasProxy;
    private volatile Consumer<InMemoryPeer> onDial = peer -> {};

    private InMemoryDriver(Scheduler timers) {
        this.timers = timers;
    }

    /**
     * Makes a driver whose peers stay silent until the test makes them answer.
     *
     * @param timers runs the deadlines of handshakes and closes
     * @return the driver
     */
    public static InMemoryDriver on(Scheduler timers) {
        return new InMemoryDriver(timers);
    }

    /**
     * Says what every later dial's peer does by itself, right after the dial.
     *
     * @param script for example {@code InMemoryPeer::accept}
     * @return this driver
     */
    public InMemoryDriver onDial(Consumer<InMemoryPeer> script) {
        onDial = script;
        return this;
    }

    /**
     * Says what a name stands for from the next dial on. A name that nobody said it of stands for nothing that would be asked
     * about, and is dialled; a literal address stands for itself.
     *
     * @param host the host of a target
     * @param addresses the addresses, at least one
     * @return this driver
     */
    public InMemoryDriver resolving(String host, InetAddress... addresses) {
        names.put(host, List.of(addresses));
        return this;
    }

    /**
     * Has a proxy from the next dial on, through which it dials what is granted with {@code trusted-proxy}: whatever the name stands
     * for. Without one, such a dial fails.
     *
     * @return this driver
     */
    public InMemoryDriver withProxy() {
        hasProxy = true;
        return this;
    }

    @Override
    public Mono<Void> connect(ConnectionSpec spec, SessionHandler handler) {
        return Mono.defer(() -> {
            Optional<TransportException> refused = refused(spec);
            if (refused.isPresent()) {
                return Mono.error(refused.get());
            }
            InMemoryPeer peer = new InMemoryPeer(spec, timers);
            dials.add(peer);
            return peer.connect(handler).doOnSubscribe(dialled -> onDial.accept(peer));
        });
    }

    private Optional<TransportException> refused(ConnectionSpec spec) {
        if (spec.addresses().isTrustedProxy()) {
            return hasProxy ? Optional.empty() : Optional.of(TransportException.noProxy());
        }
        List<InetAddress> addresses = names.addresses(spec.target().host());
        return RefusedAddresses.of(spec.addresses(), addresses).map(TransportException::addresses);
    }

    /**
     * Every dial so far, but for those that were refused for an address, or for want of a proxy.
     *
     * @return a snapshot, the oldest first
     */
    public List<InMemoryPeer> dials() {
        return List.copyOf(dials);
    }

    /**
     * One dial.
     *
     * @param n which, counted from 1
     * @return its peer
     */
    public InMemoryPeer dial(int n) {
        if (n < 1 || n > dials.size()) {
            throw new IllegalStateException("there were " + dials.size() + " dials, no number " + n);
        }
        return dials.get(n - 1);
    }

    /**
     * The latest dial of a connection.
     *
     * @param connection the connection's name
     * @return its peer
     */
    public InMemoryPeer peer(String connection) {
        return dials.stream()
                .filter(peer -> peer.spec().connection().equals(connection))
                .reduce((earlier, later) -> later)
                .orElseThrow(() -> new IllegalStateException("nobody dialled " + connection));
    }
}
