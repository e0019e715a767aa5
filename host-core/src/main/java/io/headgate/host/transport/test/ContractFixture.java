package io.headgate.host.transport.test;

import io.headgate.host.authority.AddressPolicy;
import io.headgate.host.authority.DialTerms;
import io.headgate.host.authority.Target;
import io.headgate.host.transport.ConnectionDriver;
import io.headgate.host.transport.ConnectionSpec;
import io.headgate.host.transport.DialTimeouts;
import io.headgate.host.transport.SessionHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import reactor.core.publisher.Mono;

/** What the rules of {@link ConnectionDriverContract} stand on: specs, dials and the peers behind them. */
abstract class ContractFixture {

    /** How long a step may take before the test gives up: generous, for loaded machines. */
    static final Duration LIMIT = Duration.ofSeconds(20);

    static final Duration CLOSE_TIMEOUT = Duration.ofMillis(500);
    static final int MAX_MESSAGE_BYTES = 1024;

    private final List<ContractDial> dials = new ArrayList<>();

    /**
     * The driver under test; the same one within a test.
     *
     * @return the driver
     */
    protected abstract ConnectionDriver driver();

    /**
     * Prepares how the next dial is answered.
     *
     * @param answer what the remote side does
     * @return where to dial
     */
    protected abstract Target remote(ConnectionDriverContract.Answer answer);

    /**
     * The far end of the latest dial that was accepted.
     *
     * @return emits the peer once it has accepted
     */
    protected abstract Mono<? extends ConnectionDriverContract.RemotePeer> peer();

    /**
     * Lets time pass where it is virtual; real time passes by itself.
     *
     * @param time how much
     */
    protected abstract void elapse(Duration time);

    /**
     * Ends the driver and the remote side, where they need it. Called after each test, behind its last dial: a dial cannot be given
     * up whose thread has ended, and what a subclass does {@code @AfterEach} comes before that.
     */
    protected void release() {}

    @AfterEach
    final void hangUp() {
        try {
            dials.forEach(ContractDial::cancel);
        } finally {
            release();
        }
    }

    final ConnectionSpec spec(Target target) {
        return spec(target, List.of());
    }

    final ConnectionSpec spec(Target target, List<String> subprotocols) {
        return spec(target, subprotocols, AddressPolicy.LOOPBACK, CLOSE_TIMEOUT);
    }

    final ConnectionSpec spec(Target target, List<String> subprotocols, AddressPolicy addresses) {
        return spec(target, subprotocols, addresses, CLOSE_TIMEOUT);
    }

    /** With a close timeout that something has to come before, on a loaded machine too. */
    final ConnectionSpec spec(Target target, Duration closeTimeout) {
        return spec(target, List.of(), AddressPolicy.LOOPBACK, closeTimeout);
    }

    private static ConnectionSpec spec(
            Target target, List<String> subprotocols, AddressPolicy addresses, Duration closeTimeout) {
        return new ConnectionSpec(
                "plugin/service",
                "gateway",
                target,
                DialTerms.of(addresses).withSubprotocols(subprotocols),
                MAX_MESSAGE_BYTES,
                DialTimeouts.defaults(),
                closeTimeout);
    }

    /** Dials a peer that accepts, with a handler that lives as long as the frames. */
    final ContractDial dial() {
        return dial(session -> session.frames().then());
    }

    final ContractDial dial(SessionHandler handler) {
        return dial(spec(remote(ConnectionDriverContract.Answer.ACCEPT)), handler);
    }

    final ContractDial dial(ConnectionSpec spec, SessionHandler handler) {
        ContractDial dial = new ContractDial(handler);
        dials.add(dial);
        dial.start(driver(), spec);
        return dial;
    }

    final ConnectionDriverContract.RemotePeer accepted() {
        ConnectionDriverContract.RemotePeer peer = peer().block(LIMIT);
        if (peer == null) {
            throw new AssertionError("no peer accepted");
        }
        return peer;
    }
}
