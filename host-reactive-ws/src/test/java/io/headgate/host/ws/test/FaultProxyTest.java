package io.headgate.host.ws.test;

import static io.headgate.host.ws.test.Way.TO_HOST;
import static io.headgate.host.ws.test.Way.TO_PEER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each fault below the protocol, between plain sockets (R11). */
@Timeout(120)
final class FaultProxyTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration MILLI = Duration.ofMillis(1);

    private final HandClock clock = new HandClock();
    private ServerSocket listening;
    private FaultProxy proxy;

    @BeforeEach
    void start() throws IOException {
        listening = TcpPair.listen();
        proxy = FaultProxy.to("127.0.0.1", listening.getLocalPort(), clock);
    }

    @AfterEach
    void nothingIsLeft() throws IOException {
        listening.close();
        assertConserved();
        proxy.close();
        proxy.close();
        assertConserved();
        assertThat(proxy.counts().open()).isZero();
        assertThat(proxy.counts().toHost().held()).isZero();
        assertThat(proxy.counts().toPeer().held()).isZero();
        assertThat(clock.running()).as("timers").isZero();
        assertThat(Thread.getAllStackTraces().keySet())
                .as("its thread has ended")
                .noneMatch(thread -> thread.getName().startsWith("fault-proxy"));
    }

    private void assertConserved() {
        TcpCounts counts = proxy.counts();
        for (Way way : Way.values()) {
            TcpCounts.Ledger ledger = counts.of(way);
            assertThat(ledger.passed() + ledger.lost() + ledger.held()).isEqualTo(ledger.read());
        }
    }

    private TcpPair connect() throws IOException {
        return TcpPair.through(proxy, listening);
    }

    /** What has not happened when the loop has done all it had to do will not. */
    private TcpCounts.Ledger settled(Way way) {
        return proxy.onLoop(() -> {}).counts().of(way);
    }

    @ParameterizedTest
    @EnumSource
    void withoutAFaultBytesAndFinGoOn(Way way) throws IOException {
        try (TcpPair pair = connect()) {
            pair.send(way, "hello");
            assertThat(pair.read(way, 5)).isEqualTo("hello");
            pair.at(way.back()).shutdownOutput();
            pair.expectFin(way);
            pair.send(way.back(), "and back");
            assertThat(pair.read(way.back(), 8)).isEqualTo("and back");
            pair.at(way).close();
            pair.expectFin(way.back());
            TcpCounts counts = proxy.awaitOpen(0);
            assertThat(counts.accepted()).isEqualTo(1);
            assertThat(counts.of(way)).isEqualTo(new TcpCounts.Ledger(5, 5, 0, 0, 1));
        }
    }

    @ParameterizedTest
    @EnumSource
    void withoutAFaultAResetGoesOnBehindTheBytes(Way way) throws IOException, InterruptedException {
        proxy.onConnect(TcpFault.delay(way, SECOND));
        try (TcpPair pair = connect()) {
            pair.send(way, "hello");
            proxy.awaitHeld(way, 5);
            pair.reset(way.back());
            clock.awaitSet(2);
            clock.advance(SECOND);
            assertThat(pair.read(way, 5)).isEqualTo("hello");
            pair.expectReset(way);
            proxy.awaitOpen(0);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDelayHoldsBackInOrder(Way way) throws IOException {
        proxy.onConnect(TcpFault.delay(way, SECOND));
        try (TcpPair pair = connect()) {
            pair.send(way, "first ");
            proxy.awaitHeld(way, 6);
            pair.send(way.back(), "at once");
            assertThat(pair.read(way.back(), 7)).isEqualTo("at once");
            clock.advance(SECOND.minus(MILLI));
            pair.send(way, "second");
            proxy.awaitHeld(way, 12);
            assertThat(settled(way).passed()).isZero();
            clock.advance(MILLI);
            assertThat(pair.read(way, 6)).isEqualTo("first ");
            assertThat(settled(way).held()).isEqualTo(6);
            clock.advance(SECOND);
            assertThat(pair.read(way, 6)).isEqualTo("second");
        }
    }

    @Test
    void whatIsDelayedGoesOnWhenItIsHealed() throws IOException {
        proxy.onConnect(TcpFault.delay(Duration.ofDays(1)));
        try (TcpPair pair = connect()) {
            for (Way way : Way.values()) {
                pair.send(way, "late");
                proxy.awaitHeld(way, 4);
            }
            proxy.heal();
            for (Way way : Way.values()) {
                assertThat(pair.read(way, 4)).isEqualTo("late");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aThrottledByteIsPassedOnWhenItIsPaidFor(Way way) throws IOException {
        proxy.onConnect(TcpFault.throttle(way, 10));
        try (TcpPair pair = connect()) {
            pair.send(way, "x".repeat(30));
            proxy.awaitHeld(way, 30);
            assertThat(settled(way).passed()).isZero();
            for (int bytes = 1; bytes <= 30; bytes++) {
                clock.advance(Duration.ofMillis(100));
                proxy.awaitPassed(way, bytes);
                assertThat(settled(way).passed()).isEqualTo(bytes);
            }
            assertThat(pair.read(way, 30)).isEqualTo("x".repeat(30));
        }
    }

    @ParameterizedTest
    @EnumSource
    void slicesAreWritesOfTheirOwn(Way way) throws IOException {
        String text = "0123456789".repeat(10);
        proxy.onConnect(TcpFault.slice(way, 3));
        try (TcpPair pair = connect()) {
            pair.send(way, text);
            assertThat(pair.read(way, 100)).isEqualTo(text);
            TcpCounts counts = proxy.awaitPassed(way, 100);
            assertThat(counts.of(way).writes()).isGreaterThanOrEqualTo(34);
        }
    }

    @Test
    void aCutSendsFinBothWaysAndLosesTheRest() throws IOException {
        try (TcpPair pair = connect()) {
            pair.send(TO_HOST, "hello");
            assertThat(pair.read(TO_HOST, 5)).isEqualTo("hello");
            proxy.now(TcpFault.cut()).heal();
            for (Way way : Way.values()) {
                pair.expectFin(way);
                pair.send(way.back(), "too late");
                proxy.awaitLost(way.back(), 8);
            }
            assertThat(proxy.counts().open()).isEqualTo(1);
            pair.host().close();
            pair.peer().close();
            proxy.awaitOpen(0);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aCutAfterSomeBytesIsExact(Way way) throws IOException {
        proxy.onConnect(TcpScript.of(TcpFault.pass()).after(way, 7, TcpFault.cut()));
        try (TcpPair pair = connect()) {
            pair.send(way, "0123456789");
            assertThat(pair.read(way, 7)).isEqualTo("0123456");
            pair.expectFin(way);
            pair.expectFin(way.back());
            assertThat(proxy.awaitLost(way, 3).of(way).passed()).isEqualTo(7);
        }
    }

    @Test
    void aResetIsOneBothWays() throws IOException {
        try (TcpPair pair = connect()) {
            pair.send(TO_HOST, "hello");
            assertThat(pair.read(TO_HOST, 5)).isEqualTo("hello");
            proxy.now(TcpFault.reset());
            pair.expectReset(TO_HOST);
            pair.expectReset(TO_PEER);
            proxy.awaitOpen(0);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aResetAfterSomeBytes(Way way) throws IOException {
        proxy.onConnect(TcpScript.of(TcpFault.slice(way, 2)).after(way, 3, TcpFault.reset()));
        try (TcpPair pair = connect()) {
            pair.send(way, "0123456789");
            TcpCounts counts = proxy.awaitOpen(0);
            assertThat(counts.of(way)).isEqualTo(new TcpCounts.Ledger(10, 3, 7, 0, 2));
            pair.expectReset(way.back());
        }
    }

    @ParameterizedTest
    @EnumSource
    void halfOpenLosesOneWayAndItsEnd(Way way) throws IOException {
        proxy.onConnect(TcpFault.vanish(way));
        try (TcpPair pair = connect()) {
            pair.send(way, "nobody hears");
            proxy.awaitLost(way, 12);
            pair.send(way.back(), "heard");
            assertThat(pair.read(way.back(), 5)).isEqualTo("heard");
            pair.at(way.back()).close();
            sendUntilItIsLost(pair, way.back());
            pair.expectSilence(way);
            assertThat(proxy.counts().open()).isEqualTo(1);
            proxy.heal();
            pair.expectSilence(way);
            pair.send(way.back(), "is anybody there");
            pair.expectReset(way);
            assertThat(proxy.awaitOpen(0).of(way)).isEqualTo(new TcpCounts.Ledger(12, 0, 12, 0, 0));
        }
    }

    /** The one side has gone, so its kernel answers with RST, which the proxy meets at a later write. */
    private void sendUntilItIsLost(TcpPair pair, Way way) throws IOException {
        long before = proxy.counts().of(way).read();
        for (int sent = 1; proxy.counts().of(way).lost() == 0; sent++) {
            pair.send(way, "?");
            long due = before + sent;
            proxy.await(
                    "read",
                    counts -> counts.of(way).read() == due && counts.of(way).held() == 0,
                    PATIENCE);
        }
    }

    @ParameterizedTest
    @EnumSource
    void alsoAResetIsLostWhereItsWayIsOpenNoMore(Way way) throws IOException {
        proxy.onConnect(TcpFault.vanish(way));
        try (TcpPair pair = connect()) {
            pair.send(way.back(), "hello");
            assertThat(pair.read(way.back(), 5)).isEqualTo("hello");
            pair.reset(way.back());
            sendUntilItIsLost(pair, way.back());
            pair.expectSilence(way);
            assertThat(proxy.counts().open()).isEqualTo(1);
        }
    }

    @Test
    void whatVanishedStaysSo() throws IOException {
        try (TcpPair pair = connect()) {
            proxy.now(TcpFault.vanish());
            pair.send(TO_HOST, "lost");
            pair.send(TO_PEER, "lost as well");
            proxy.awaitLost(TO_HOST, 4);
            proxy.awaitLost(TO_PEER, 12);
            proxy.heal();
            for (Way way : Way.values()) {
                pair.send(way, "found");
                assertThat(pair.read(way, 5)).isEqualTo("found");
            }
        }
    }

    @Test
    void aFrozenProxyReadsNothingUntilItIsHealed() throws IOException {
        proxy.onConnect(TcpFault.freeze());
        try (SocketChannel host = open();
                Socket peer = listening.accept()) {
            long sent = fill(host);
            assertThat(settled(TO_PEER).read()).isZero();
            host.shutdownOutput();
            proxy.heal();
            assertThat(peer.getInputStream().readAllBytes()).hasSize((int) sent);
            assertThat(proxy.counts().toPeer().passed()).isEqualTo(sent);
        }
    }

    private SocketChannel open() throws IOException {
        SocketChannel host = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), proxy.port()));
        host.configureBlocking(false);
        return host;
    }

    /** Writes until the kernel takes nothing more. */
    private static long fill(SocketChannel channel) throws IOException {
        long sent = 0;
        int taken = 1;
        while (taken > 0) {
            taken = channel.write(ByteBuffer.allocate(64 * 1024));
            sent += taken;
        }
        return sent;
    }

    @Test
    void whoDoesNotReadHoldsBackTheOtherSide() throws IOException {
        try (SocketChannel host = open();
                Socket peer = listening.accept()) {
            long sent = fill(host);
            while (settled(TO_PEER).held() < OneWay.MOST_HELD) {
                sent += fill(host);
            }
            assertThat(settled(TO_PEER).held()).isLessThan(2L * OneWay.MOST_HELD);
            sent += fill(host);
            host.shutdownOutput();
            assertThat(peer.getInputStream().readAllBytes()).hasSize((int) sent);
        }
    }

    @Test
    void aScriptGoesOnByBytesAndByTime() throws IOException {
        proxy.onConnect(TcpScript.of(TcpFault.pass())
                .after(TO_HOST, 4, TcpFault.vanish(TO_HOST))
                .after(TO_HOST, 2, TcpFault.freeze())
                .after(SECOND, TcpFault.slice(TO_HOST, 1)));
        try (TcpPair pair = connect()) {
            pair.send(TO_HOST, "abcdefgh");
            assertThat(pair.read(TO_HOST, 4)).isEqualTo("abcd");
            proxy.awaitLost(TO_HOST, 2);
            assertThat(settled(TO_HOST)).isEqualTo(new TcpCounts.Ledger(8, 4, 2, 2, 1));
            clock.advance(SECOND);
            assertThat(pair.read(TO_HOST, 2)).isEqualTo("gh");
            assertThat(proxy.awaitPassed(TO_HOST, 6).toHost().writes()).isEqualTo(3);
        }
    }

    @Test
    void severalFaultsAtATime() throws IOException {
        proxy.onConnect(
                TcpFault.delay(TO_HOST, SECOND).and(TcpFault.slice(TO_HOST, 1)).and(TcpFault.vanish(TO_PEER)));
        try (TcpPair pair = connect()) {
            pair.send(TO_HOST, "abc");
            pair.send(TO_PEER, "abc");
            proxy.awaitHeld(TO_HOST, 3);
            proxy.awaitLost(TO_PEER, 3);
            clock.advance(SECOND);
            assertThat(pair.read(TO_HOST, 3)).isEqualTo("abc");
            assertThat(proxy.awaitPassed(TO_HOST, 3).toHost().writes()).isEqualTo(3);
        }
    }

    @Test
    void scriptsAreTakenInOrderAndNowTakesTheirPlace() throws IOException {
        proxy.onConnect(TcpFault.reset()).onConnect(TcpFault.pass()).onConnect(TcpFault.reset());
        TcpPair.expectResetAtOnce(proxy);
        listening.accept().close();
        try (TcpPair second = connect()) {
            second.send(TO_HOST, "hello");
            assertThat(second.read(TO_HOST, 5)).isEqualTo("hello");
            proxy.now(TcpFault.vanish(TO_HOST));
            try (TcpPair third = connect()) {
                second.send(TO_HOST, "lost");
                third.send(TO_HOST, "lost");
                proxy.awaitLost(TO_HOST, 8);
                third.send(TO_PEER, "hello");
                assertThat(third.read(TO_PEER, 5)).isEqualTo("hello");
            }
        }
    }

    @Test
    void refusesAndListensAgain() throws IOException {
        try (TcpPair pair = connect()) {
            proxy.refuse();
            assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> TcpPair.dial(proxy));
            pair.send(TO_PEER, "goes on");
            assertThat(pair.read(TO_PEER, 7)).isEqualTo("goes on");
            proxy.listen();
            connect().close();
        }
    }

    @Test
    void whereNobodyListensTheHostIsReset() throws IOException {
        listening.close();
        TcpPair.expectResetAtOnce(proxy);
        assertThat(proxy.awaitOpen(0).accepted()).isEqualTo(1);
    }

    @Test
    void whatIsNotSeenInTimeIsSaid() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> proxy.await("a wonder", counts -> counts.open() == 1, Duration.ZERO))
                .withMessageContainingAll("not within PT0S: a wonder", "accepted=0");
    }

    @Test
    void valuesAreHeldAgainstTheirBounds() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TcpFault.delay(Duration.ZERO))
                .withMessage("by must be positive, is PT0S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TcpFault.throttle(TO_HOST, 0))
                .withMessage("bytesPerSecond must be at least 1, is 0");
        assertThatIllegalArgumentException().isThrownBy(() -> TcpFault.slice(TO_HOST, -1));
        assertThatIllegalArgumentException().isThrownBy(() -> new TcpFault.All(List.of()));
        TcpScript script = TcpScript.of(TcpFault.pass());
        assertThatIllegalArgumentException().isThrownBy(() -> script.after(TO_HOST, 0, TcpFault.cut()));
        assertThatIllegalArgumentException().isThrownBy(() -> script.after(Duration.ZERO, TcpFault.cut()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FaultProxy.to("127.0.0.1", 0))
                .withMessage("no address to dial: 127.0.0.1:0");
    }
}
