package io.headgate.host.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.authority.AddressPolicy;
import io.headgate.host.diagnostics.ConnectionState;
import io.headgate.host.diagnostics.Diagnostic;
import io.headgate.host.service.ExchangeFixture.Outcome;
import io.headgate.plugin.FailureKind;
import io.headgate.plugin.IngressEvent;
import io.headgate.plugin.OutputCommand;
import io.headgate.plugin.PullException;
import io.headgate.plugin.PullWebSocket;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What becomes of a dial whose target stands for an address that is not granted: told to the operator, hidden from the plugin. */
final class AddressRefusalTest {

    private static final String NUMBERS = "1 of the target's 2 addresses may not be dialled: none was";

    private static InetAddress[] addresses(String... literals) throws UnknownHostException {
        InetAddress[] all = new InetAddress[literals.length];
        for (int i = 0; i < literals.length; i++) {
            all[i] = InetAddress.getByName(literals[i]);
        }
        return all;
    }

    @Test
    @DisplayName("R8: the operator is told rule, addresses and remedy; the plugin numbers only; the connection is DOWN")
    void aConnection() throws UnknownHostException {
        try (HostFixture fixture = new HostFixture()) {
            fixture.driver.resolving("feed.example.com", addresses("8.8.8.8", "10.1.2.3"));
            fixture.start();

            assertThat(fixture.connection("feed").state()).isEqualTo(ConnectionState.DOWN);
            assertThat(fixture.connection("feed").lastError()).isEqualTo("CONNECT: " + NUMBERS);
            IngressEvent.Failed failed =
                    fixture.seen(IngressEvent.Failed.class, "feed").get(0);
            assertThat(failed.kind()).isEqualTo(FailureKind.CONNECT);
            assertThat(failed.message()).isEqualTo(NUMBERS);
            assertThat(fixture.seen(IngressEvent.ReconnectNeeded.class, "feed")).hasSize(1);
            assertThat(fixture.seen.toString()).doesNotContain("10.1.2.3", "8.8.8.8");
            assertThat(fixture.told(Diagnostic.DialRefused.class))
                    .extracting(Diagnostic.DialRefused::connection, Diagnostic.DialRefused::message)
                    .containsExactly(org.assertj.core.api.Assertions.tuple(
                            "feed",
                            "a dial was refused by address-not-granted: 1 of the 2 addresses of"
                                    + " wss://feed.example.com:443/ may not be dialled (10.1.2.3), so none was; if it"
                                    + " is meant to lead there, add private to the `addresses` of"
                                    + " wss://feed.example.com:443/ in the grant of test.plugin"));
        }
    }

    @Test
    @DisplayName("Each dial asks anew, and the plugin may ask for one")
    void eachDialAsksAnew() throws UnknownHostException {
        try (HostFixture fixture = new HostFixture()) {
            fixture.driver.resolving("feed.example.com", addresses("127.0.0.1"));
            fixture.start();
            fixture.driver.resolving("feed.example.com", addresses("8.8.8.8"));
            fixture.issue(OutputCommand.reconnect("feed"));
            fixture.driver.peer("feed").accept();
            fixture.tick();
            assertThat(fixture.connection("feed").state()).isEqualTo(ConnectionState.OPEN);

            fixture.driver.resolving("feed.example.com", addresses("127.0.0.1"));
            fixture.driver.peer("feed").end();
            fixture.tick();
            fixture.issue(OutputCommand.reconnect("feed"));
            assertThat(fixture.connection("feed").state()).isEqualTo(ConnectionState.DOWN);
            assertThat(fixture.told(Diagnostic.DialRefused.class)).hasSize(2);
        }
    }

    @Test
    @DisplayName(
            "The policy of the grant's entries is in what is dialled, for a connection and an exchange each its own")
    void whatIsDialled() {
        String grants = HostFixture.GRANTS.replace(
                "\"wss://feed.example.com/\", access: [subscribe]",
                "\"wss://feed.example.com/\", access: [subscribe], addresses: [10.1.0.0/16, loopback]");
        try (HostFixture fixture = new HostFixture(null, settings -> settings, grants)) {
            fixture.start();

            assertThat(fixture.driver.peer("feed").spec().addresses())
                    .isEqualTo(AddressPolicy.of("10.1.0.0/16", "loopback"));
            assertThat(fixture.driver.peer("chat").spec().addresses()).isEqualTo(AddressPolicy.PUBLIC);
        }
    }

    @Test
    @DisplayName("R8: without a proxy what is for it is not dialled, and the operator is told what to do")
    void withoutAProxy() {
        String grants = HostFixture.GRANTS.replace(
                "\"wss://feed.example.com/\", access: [subscribe]",
                "\"wss://feed.example.com/\", access: [subscribe], addresses: trusted-proxy");
        try (HostFixture fixture = new HostFixture(null, settings -> settings, grants)) {
            fixture.start();

            String why = "the grant says `addresses: trusted-proxy`, and the host has no proxy: nothing was dialled";
            assertThat(fixture.connection("feed").state()).isEqualTo(ConnectionState.DOWN);
            assertThat(fixture.connection("feed").lastError()).isEqualTo("CONNECT: " + why);
            assertThat(fixture.seen(IngressEvent.Failed.class, "feed"))
                    .extracting(IngressEvent.Failed::message)
                    .containsExactly(why);
            assertThat(fixture.told(Diagnostic.DialRefused.class))
                    .extracting(Diagnostic::message)
                    .containsExactly(
                            "a dial was refused by address-not-granted: wss://feed.example.com:443/ is granted"
                                    + " through the host's proxy, and the host has none, so nothing was dialled; give the driver a"
                                    + " proxy, or change the `addresses` of wss://feed.example.com:443/ in the grant of test.plugin");
            assertThat(fixture.driver.dials())
                    .extracting(peer -> peer.spec().connection())
                    .containsExactly("chat");

            fixture.driver.withProxy().resolving("feed.example.com", InetAddress.getLoopbackAddress());
            fixture.issue(OutputCommand.reconnect("feed"));
            fixture.driver.peer("feed").accept();
            fixture.tick();
            assertThat(fixture.connection("feed").state()).isEqualTo(ConnectionState.OPEN);
        }
    }

    @Test
    @DisplayName("An exchange's dial likewise; its diagnostics once a second at most")
    void anExchange() throws UnknownHostException {
        try (ExchangeFixture fixture = new ExchangeFixture()) {
            fixture.driver.resolving("login.example.com", addresses("10.1.2.3", "8.8.8.8"));
            Outcome<PullWebSocket> first = fixture.exchange("login");
            Outcome<PullWebSocket> second = fixture.exchange("login");

            assertThat(List.of(first, second)).allSatisfy(outcome -> {
                assertThat(outcome.refusal().reason()).isEqualTo(PullException.Reason.DIAL_FAILED);
                assertThat(outcome.refusal()).hasMessageContaining(NUMBERS).hasMessageNotContaining("10.1.2.3");
            });
            assertThat(fixture.status().exchanges().failed()).isEqualTo(2);
            assertThat(fixture.told(Diagnostic.DialRefused.class))
                    .singleElement()
                    .satisfies(refused -> assertThat(refused.message())
                            .isEqualTo("a dial was refused by address-not-granted: 1 of the 2 addresses of"
                                    + " wss://login.example.com:443/v1 may not be dialled (10.1.2.3), so none was; if"
                                    + " it is meant to lead there, add private to the `addresses` of"
                                    + " wss://login.example.com:443/v1 in the grant of test.plugin"));
            fixture.time.advanceTimeBy(Duration.ofSeconds(1));
            fixture.exchange("login");
            assertThat(fixture.told(Diagnostic.DialRefused.class)).hasSize(2);
        }
    }
}
