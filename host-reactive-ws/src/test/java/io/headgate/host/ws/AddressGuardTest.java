package io.headgate.host.ws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.host.authority.Target;
import io.headgate.host.transport.TransportException;
import io.headgate.host.transport.test.ConnectionDriverContract.Answer;
import io.headgate.plugin.FailureKind;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Signal;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

/** What a name leads to is checked at every dial, and nothing else is dialled. */
final class AddressGuardTest {

    private static final String NAME = "gateway.test";
    private static final String ONE_OF_ONE = "1 of the target's 1 addresses may not be dialled: none was";

    private final NettyServer server = new NettyServer(null);
    private final SlowNames names = new SlowNames();
    private final Queue<InetAddress> asked = new ConcurrentLinkedQueue<>();
    private final WebSocketOptions options =
            WebSocketOptions.defaults().withEventLoops(1).withAddresses(this::isFirst);
    private ReactorNettyDriver driver =
            ReactorNettyDriver.create(options, Schedulers.parallel(), (unused, loops) -> names.resolver());

    private boolean isFirst(InetAddress address) {
        asked.add(address);
        return address.getHostAddress().equals("127.0.0.1");
    }

    private static InetAddress loopback(int last) throws UnknownHostException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last});
    }

    @AfterEach
    void stop() {
        driver.disposeLater().block(Recording.LIMIT);
        server.close();
    }

    private Target at(String host) {
        Target target = server.target(Answer.ACCEPT);
        return new Target("ws", host, target.port(), target.path(), target.query());
    }

    private Recording dial(String host) {
        return Recording.of(driver, Recording.spec(at(host), "s"));
    }

    private void expectRefused(String host, String message) {
        TransportException failure = dial(host).failure(FailureKind.CONNECT);
        assertThat(failure).hasMessage(message);
        assertThat(server.requests()).isZero();
        assertThat(driver.dials()).isEqualTo(new DialCounts(0, 0, 0, 0));
    }

    @Test
    @DisplayName("Pitfall 4: a name that leads to an address that may not be dialled")
    void aForbiddenAddress() throws UnknownHostException {
        names.answering(NAME, "127.0.0.2");
        expectRefused(NAME, ONE_OF_ONE);
    }

    @Test
    @DisplayName("Pitfall 4: one such address among others refuses the dial, wherever it stands")
    void mixedAnswers() throws UnknownHostException {
        names.answering(NAME, "127.0.0.1", "127.0.0.2", "127.0.0.3")
                .answering(NAME, "127.0.0.2", "127.0.0.1")
                .answering(NAME, "127.0.0.1", "::1");
        expectRefused(NAME, "2 of the target's 3 addresses may not be dialled: none was");
        expectRefused(NAME, "1 of the target's 2 addresses may not be dialled: none was");
        expectRefused(NAME, "1 of the target's 2 addresses may not be dialled: none was");
    }

    @Test
    @DisplayName("Pitfall 4: a literal address is checked as a name's is")
    void aLiteral() {
        expectRefused("127.0.0.2", ONE_OF_ONE);
        expectRefused("[::1]", ONE_OF_ONE);
        dial("127.0.0.1").session();
    }

    @Test
    @DisplayName("Pitfall 4: an IPv4 address that a resolver gives as IPv6 is checked as the IPv4 address it is")
    void aMappedAddress() throws UnknownHostException {
        byte[] mapped = new byte[16];
        mapped[10] = (byte) 0xff;
        mapped[11] = (byte) 0xff;
        System.arraycopy(loopback(1).getAddress(), 0, mapped, 12, 4);
        InetAddress disguised = Inet6Address.getByAddress(null, mapped, -1);
        assertThat(disguised).isInstanceOf(Inet6Address.class);
        new AddressGuard(this::isFirst).admit(List.of(new InetSocketAddress(disguised, 80)));

        assertThat(asked).containsExactly(loopback(1));
    }

    @Test
    @DisplayName("Pitfall 4: a name that led elsewhere at the last dial is checked again")
    void aRebinding() throws UnknownHostException {
        names.answering(NAME, "127.0.0.1").answering(NAME, "127.0.0.2");
        dial(NAME).session();
        assertThat(dial(NAME).failure(FailureKind.CONNECT)).hasMessage(ONE_OF_ONE);

        assertThat(asked).containsExactly(loopback(1), loopback(2));
        assertThat(server.requests()).isEqualTo(1);
    }

    @Test
    @DisplayName(
            "Pitfalls 4 and 22: without a cache a name is resolved at each dial, however long its answer may be kept")
    void aRebindingWithoutACache() throws UnknownHostException {
        rebinding(Duration.ZERO, () -> {
            dial(NAME).session();
            assertThat(dial(NAME).failure(FailureKind.CONNECT)).hasMessage(ONE_OF_ONE);
        });
    }

    @Test
    @DisplayName("Pitfalls 4 and 22: an answer that may be kept for ever is kept for the options' time")
    void aRebindingPastTheCache() throws UnknownHostException {
        rebinding(Duration.ofSeconds(1), () -> {
            Flux<Signal<Void>> dials = Mono.defer(
                            () -> driver.connect(Recording.spec(at(NAME), "s"), session -> Mono.empty()))
                    .materialize()
                    .delaySubscription(Duration.ofMillis(50))
                    .repeat();
            StepVerifier.create(dials.takeUntil(Signal::isOnError).last())
                    .expectNextMatches(refused -> refused.getThrowable() instanceof TransportException failure
                            && failure.getMessage().equals(ONE_OF_ONE))
                    .expectComplete()
                    .verify(Recording.LIMIT);
        });
    }

    private void rebinding(Duration ttl, Runnable dials) throws UnknownHostException {
        ReactorNettyDriver first = driver;
        try (NameServer nameServer = new NameServer(loopback(1), loopback(2))) {
            driver =
                    ReactorNettyDriver.create(options.withMaxNameTtl(ttl), Schedulers.parallel(), nameServer::resolver);
            dials.run();
        } finally {
            first.disposeLater().block(Recording.LIMIT);
        }
    }

    @Test
    @DisplayName("Each address that passed is tried until one takes the connection")
    void theNextAddress() throws UnknownHostException {
        ReactorNettyDriver strict = driver;
        driver = ReactorNettyDriver.create(
                options.withAddresses(AddressCheck.any()), Schedulers.parallel(), (unused, loops) -> names.resolver());
        try {
            names.answering(NAME, "127.0.0.2", "127.0.0.3", "127.0.0.1");
            dial(NAME).session();
        } finally {
            strict.disposeLater().block(Recording.LIMIT);
        }
    }

    @Test
    void aCheckThatFailsRefusesTheDial() {
        ReactorNettyDriver strict = driver;
        driver = ReactorNettyDriver.create(options.withAddresses(address -> {
            throw new IllegalStateException("secret");
        }));
        try {
            assertThat(dial("127.0.0.1").failure(FailureKind.CONNECT))
                    .hasMessage("the dial failed (IllegalStateException)");
            assertThat(server.requests()).isZero();
        } finally {
            strict.disposeLater().block(Recording.LIMIT);
        }
    }

    @Test
    void whatIsNoResolvedAddressIsRefused() {
        AddressGuard guard = new AddressGuard(AddressCheck.any());
        assertThatThrownBy(() -> guard.admit(List.of(InetSocketAddress.createUnresolved("gateway.test", 80))))
                .hasMessage(ONE_OF_ONE);
    }
}
