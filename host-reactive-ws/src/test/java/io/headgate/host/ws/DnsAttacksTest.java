package io.headgate.host.ws;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.authority.AddressPolicy;
import io.headgate.host.authority.Target;
import io.headgate.host.transport.TransportException;
import io.headgate.host.transport.test.ConnectionDriverContract.Answer;
import io.headgate.plugin.FailureKind;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.scheduler.Schedulers;

/** Invariant 1, attacked by who answers for a granted name. Beside the driver, since the names of a test are given to it there. */
final class DnsAttacksTest {

    private static final String NAME = "gateway.test";

    private final NettyServer server = new NettyServer(null);
    private final SlowNames names = new SlowNames();
    private final WebSocketOptions options = WebSocketOptions.defaults().withEventLoops(1);
    private final ReactorNettyDriver driver =
            ReactorNettyDriver.create(options, Schedulers.parallel(), (unused, loops) -> names.resolver());

    @AfterEach
    void stop() {
        driver.disposeLater().block(Recording.LIMIT);
        server.close();
    }

    private Target at(String host) {
        Target target = server.target(Answer.ACCEPT);
        return new Target("ws", host, target.port(), target.path(), target.query());
    }

    private TransportException failure(ReactorNettyDriver by, String host, AddressPolicy policy) {
        TransportException failure =
                Recording.of(by, Recording.spec(at(host), policy)).failure(FailureKind.CONNECT);
        assertThat(server.requests()).isZero();
        return failure;
    }

    private static InetAddress scoped(String address, int scope) throws UnknownHostException {
        return Inet6Address.getByAddress(null, InetAddress.getByName(address).getAddress(), scope);
    }

    @Test
    @DisplayName("Answer with no address at all, so that nothing is refused and something else is dialled")
    void anEmptyAnswer() {
        names.answering(NAME, List.of());
        assertThat(failure(driver, NAME, AddressPolicy.LOOPBACK)).isNotNull();
        assertThat(names.questions()).isEqualTo(1);
        assertThat(driver.dials()).isEqualTo(new DialCounts(0, 0, 0, 0));
    }

    @Test
    @DisplayName("Answer with a thousand addresses, of which the last but one may not be dialled")
    void aThousandAddresses() throws UnknownHostException {
        List<InetAddress> many = new ArrayList<>();
        for (int n = 0; n < 1000; n++) {
            int last = n == 998 ? 2 : 1;
            many.add(InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last}));
        }
        names.answering(NAME, many);
        try (Trap trap = Trap.beside(server.port())) {
            assertThat(failure(driver, NAME, AddressPolicy.of("127.0.0.1/32")))
                    .hasMessage("1 of the target's 1000 addresses may not be dialled: none was");
            trap.expectNobody();
        }
    }

    @Test
    @DisplayName("Answer with a thousand addresses that may not be dialled: the report stays short")
    void aThousandForbiddenAddresses() throws UnknownHostException {
        List<InetAddress> many = new ArrayList<>();
        for (int n = 0; n < 1000; n++) {
            many.add(InetAddress.getByAddress(new byte[] {10, 0, (byte) (n >> 8), (byte) n}));
        }
        names.answering(NAME, many);
        TransportException refused = failure(driver, NAME, AddressPolicy.PUBLIC);
        assertThat(TransportException.refusedAddresses(refused)).hasValueSatisfying(addresses -> {
            assertThat(addresses.refused()).isEqualTo(1000);
            assertThat(addresses.toString()).hasSizeLessThan(200);
        });
    }

    @Test
    @DisplayName(
            "Answer with an address that has a scope, by which it would leave through an interface of the peer's choice")
    void aScope() throws UnknownHostException {
        for (InetAddress scoped : List.of(scoped("::1", 1), scoped("fe80::1", 1), scoped("fd00:ec2::254", 2))) {
            names.answering(NAME, List.of(scoped));
            assertThat(failure(driver, NAME, AddressPolicy.PUBLIC))
                    .hasMessage("1 of the target's 1 addresses may not be dialled: none was");
        }
        InetSocketAddress dialled = new AddressGuard(AddressPolicy.LOOPBACK)
                .admit(List.of(new InetSocketAddress(scoped("::1", 7), 80)))
                .get(0);
        assertThat(((Inet6Address) dialled.getAddress()).getScopeId()).isZero();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "::ffff:169.254.169.254",
                "64:ff9b::169.254.169.254",
                "2002:a9fe:a9fe::1",
                "::169.254.169.254",
                "64:ff9b:1::a9fe:a9fe",
                "2001:0:a9fe:a9fe::1",
                "fe80::a9fe:a9fe",
                "fd00:ec2::254",
                "169.254.169.254"
            })
    @DisplayName("Answer with the address where a cloud hands out credentials, in another dress")
    void metadata(String dressed) throws UnknownHostException {
        for (AddressPolicy policy : List.of(AddressPolicy.PUBLIC, AddressPolicy.PRIVATE, AddressPolicy.LOOPBACK)) {
            names.answering(NAME, dressed);
            assertThat(failure(driver, NAME, policy))
                    .hasMessage("1 of the target's 1 addresses may not be dialled: none was");
        }
    }

    @Test
    @DisplayName("Answer with an address that calls itself another host: the peer is asked for the granted one")
    void anAddressWithAName() throws UnknownHostException {
        names.answering(NAME, List.of(InetAddress.getByAddress("evil.test", new byte[] {127, 0, 0, 1})));
        Recording.of(driver, Recording.spec(at(NAME), AddressPolicy.LOOPBACK)).session();

        assertThat(server.request().headers().get("Host")).isEqualTo(NAME + ":" + server.port());
        assertThat(names.questions()).as("evil.test was not asked for").isEqualTo(1);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"localhost.", "LOCALHOST", "LocalHost.", "\uff4cocalhost"})
    @DisplayName("Reach this machine by a spelling of its name that only its own list of hosts knows")
    void namesOfThisMachine(String spelled) {
        ReactorNettyDriver real = ReactorNettyDriver.create(options);
        try {
            String host = Target.parse("ws://" + spelled + "/").host();
            assertThat(host).isEqualTo("localhost");
            assertThat(failure(real, host, AddressPolicy.PUBLIC)).hasMessageEndingWith("may not be dialled: none was");
        } finally {
            real.disposeLater().block(Recording.LIMIT);
        }
    }
}
