package io.headgate.host.ws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.host.authority.AddressPolicy;
import io.headgate.host.authority.RefusedAddresses;
import io.headgate.host.authority.Target;
import io.headgate.host.transport.TransportException;
import io.headgate.host.transport.test.ConnectionDriverContract.Answer;
import io.headgate.plugin.FailureKind;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
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
    private static final AddressPolicy FIRST = AddressPolicy.of("127.0.0.1/32");

    private final NettyServer server = new NettyServer(null);
    private final SlowNames names = new SlowNames();
    private final WebSocketOptions options = WebSocketOptions.defaults().withEventLoops(1);
    private ReactorNettyDriver driver =
            ReactorNettyDriver.create(options, Schedulers.parallel(), (unused, loops) -> names.resolver());

    private static InetAddress loopback(int last) throws UnknownHostException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last});
    }

    /** IPv6 bytes that hold an IPv4 address of this machine at their end. */
    private static InetAddress disguised(String prefix, int last) throws UnknownHostException {
        byte[] bytes = new byte[16];
        if (prefix.isEmpty()) {
            bytes[10] = -1;
            bytes[11] = -1;
        } else {
            bytes = InetAddress.getByName(prefix).getAddress();
        }
        System.arraycopy(loopback(last).getAddress(), 0, bytes, 12, 4);
        InetAddress disguised = Inet6Address.getByAddress(null, bytes, -1);
        assertThat(disguised).isInstanceOf(Inet6Address.class);
        return disguised;
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
        return dial(host, FIRST);
    }

    private Recording dial(String host, AddressPolicy addresses) {
        return Recording.of(driver, Recording.spec(at(host), addresses));
    }

    private void expectRefused(String host, String message) {
        expectRefused(host, FIRST, message);
    }

    private TransportException expectRefused(String host, AddressPolicy addresses, String message) {
        TransportException failure = dial(host, addresses).failure(FailureKind.CONNECT);
        assertThat(failure).hasMessage(message);
        assertThat(TransportException.refusedAddresses(failure)).isPresent();
        assertThat(server.requests()).isZero();
        assertThat(driver.dials()).isEqualTo(new DialCounts(0, 0, 0, 0));
        return failure;
    }

    @Test
    @DisplayName(
            "Pitfall 4: a name that leads to an address that may not be dialled; the error knows which, its message does not")
    void aForbiddenAddress() throws UnknownHostException {
        names.answering(NAME, "127.0.0.1", "127.0.0.2");
        TransportException failure =
                expectRefused(NAME, FIRST, "1 of the target's 2 addresses may not be dialled: none was");
        assertThat(TransportException.refusedAddresses(failure))
                .contains(new RefusedAddresses(1, 2, List.of(loopback(2))));
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
        expectRefused("[64:ff9b::7f00:2]", ONE_OF_ONE);
        expectRefused("127.0.0.1", AddressPolicy.PUBLIC, ONE_OF_ONE);
        expectRefused("127.0.0.1", AddressPolicy.NONE, ONE_OF_ONE);
        dial("127.0.0.1").session();
    }

    @Test
    @DisplayName(
            "Pitfall 4: an IPv4 address that a resolver gives as IPv6 is checked, and dialled, as the IPv4 address it is")
    void aMappedAddress() throws UnknownHostException {
        names.answering(NAME, List.of(disguised("", 2))).answering(NAME, List.of(disguised("", 1)));
        expectRefused(NAME, ONE_OF_ONE);
        dial(NAME).session();

        InetSocketAddress mapped = new InetSocketAddress(disguised("", 1), 80);
        assertThat(new AddressGuard(FIRST).admit(List.of(mapped)))
                .singleElement()
                .satisfies(plain -> assertThat(plain.getAddress()).isInstanceOf(Inet4Address.class))
                .isEqualTo(new InetSocketAddress(loopback(1), 80));
    }

    @Test
    @DisplayName(
            "Pitfall 4: an address behind NAT64 is checked as the IPv4 address it leads to, and dialled as it came")
    void anAddressBehindNat64() throws UnknownHostException {
        names.answering(NAME, List.of(disguised("64:ff9b::", 1)))
                .answering(NAME, List.of(disguised("64:ff9b::", 2)))
                .answering(NAME, List.of(loopback(1), disguised("64:ff9b::", 2)));
        expectRefused(NAME, AddressPolicy.PUBLIC, ONE_OF_ONE);
        expectRefused(NAME, ONE_OF_ONE);
        expectRefused(NAME, "1 of the target's 2 addresses may not be dialled: none was");

        InetSocketAddress behind = new InetSocketAddress(disguised("64:ff9b::", 1), 80);
        assertThat(new AddressGuard(FIRST).admit(List.of(behind))).isEqualTo(List.of(behind));
    }

    @Test
    @DisplayName(
            "Pitfall 4: a name that leads elsewhere once it was checked is dialled where it led, and asked for once")
    void aRebindingBetweenCheckAndConnect() throws UnknownHostException {
        try (Trap trap = Trap.beside(at(NAME).port())) {
            names.answering(NAME, "127.0.0.1").answering(NAME, "127.0.0.2").answering(NAME, "127.0.0.2");
            dial(NAME).session();
            assertThat(names.questions()).isEqualTo(1);
            trap.expectNobody();
            assertThat(dial(NAME).failure(FailureKind.CONNECT)).hasMessage(ONE_OF_ONE);

            assertThat(names.questions()).isEqualTo(2);
            assertThat(server.requests()).isEqualTo(1);
            trap.expectNobody();
        }
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
                            () -> driver.connect(Recording.spec(at(NAME), FIRST), session -> Mono.empty()))
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
        names.answering(NAME, "127.0.0.2", "127.0.0.3", "127.0.0.1");
        dial(NAME, AddressPolicy.LOOPBACK).session();
    }

    @Test
    void whatIsNoResolvedAddressIsRefused() throws UnknownHostException {
        AddressGuard guard = new AddressGuard(AddressPolicy.LOOPBACK);
        InetSocketAddress fine = new InetSocketAddress(loopback(1), 80);
        InetSocketAddress unresolved = InetSocketAddress.createUnresolved(NAME, 80);

        assertThatThrownBy(() -> guard.admit(List.of(fine, unresolved)))
                .isInstanceOf(TransportException.class)
                .hasMessage("the target's name came without an address: none was dialled");
    }

    @Test
    @DisplayName("What passed keeps the target's name, by which the peer's certificate is verified")
    void theNameStays() throws UnknownHostException {
        InetAddress named = InetAddress.getByAddress(NAME, loopback(1).getAddress());

        assertThat(new AddressGuard(FIRST).admit(List.of(new InetSocketAddress(named, 443))))
                .extracting(InetSocketAddress::getHostString)
                .containsExactly(NAME);
    }
}
