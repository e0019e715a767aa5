package io.headgate.host.ws.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;

/** The kit against a plain socket, so that its bytes are seen as they are: every complaint can be provoked. */
@Timeout(60)
final class ScriptedGatewayTest {

    private static final String REQUEST = "GET /?token=secret HTTP/1.1\r\nHost: localhost\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    /** The answer to the key of RFC 6455, 1.3. */
    private static final String ANSWER = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
            + "Connection: Upgrade\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";

    private final ScriptedGateway gateway = ScriptedGateway.start();

    @AfterEach
    void stop() {
        gateway.close();
        assertThat(Thread.getAllStackTraces().keySet())
                .as("its thread has ended")
                .noneMatch(thread -> thread.getName().startsWith("scripted-gateway"));
    }

    private Socket dial() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), gateway.port());
    }

    private static void send(Socket socket, Octets bytes) throws IOException {
        socket.getOutputStream().write(bytes.toArray());
    }

    private static void send(Socket socket, WireFrame frame) throws IOException {
        send(socket, frame.withMask(true).bytes());
    }

    private static Octets read(Socket socket, int bytes) throws IOException {
        return Octets.of(socket.getInputStream().readNBytes(bytes));
    }

    private Socket upgraded() throws IOException {
        Socket socket = dial();
        send(socket, Octets.utf8(REQUEST));
        assertThat(read(socket, ANSWER.length()).text()).isEqualTo(ANSWER);
        return socket;
    }

    private void expectComplaint(String... parts) {
        expectComplaint(Duration.ofSeconds(20), parts);
    }

    private void expectComplaint(Duration patience, String... parts) {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> gateway.assertConsumed(patience))
                .withMessageContainingAll(parts);
    }

    @Test
    void scriptsAreTakenInOrderAndConsumed() throws IOException {
        gateway.onConnect(script -> script.acceptUpgradeWith(WireFrame.text("hello"))
                .expectText("hi")
                .expect(WireFrame.pong(Octets.utf8("p")))
                .expectClose(1000)
                .expectEnd());
        gateway.onConnect(script -> script.refuseUpgrade(429, Map.of("Retry-After", "7")));
        try (Socket socket = upgraded()) {
            assertThat(read(socket, 7)).isEqualTo(Octets.hex("81 05 68 65 6c 6c 6f"));
            send(socket, WireFrame.text("hi"));
            send(socket, WireFrame.pong(Octets.utf8("p")));
            send(socket, WireFrame.close(1000, "bye"));
        }
        try (Socket socket = dial()) {
            send(socket, Octets.utf8(REQUEST));
            assertThat(read(socket, 12).text()).isEqualTo("HTTP/1.1 429");
        }

        gateway.assertConsumed();
        assertThat(gateway.connections()).isEqualTo(2);
        assertThat(gateway.arrivals(1))
                .hasToString(
                        "[the request GET /?… HTTP/1.1, Text \"hi\", Pong \"p\", Close 1000 \"bye\", the end of TCP]");
        assertThatIllegalArgumentException().isThrownBy(() -> gateway.arrivals(3));
    }

    @Test
    void anythingElseThanWhatIsExpectedFailsTheScript() throws IOException {
        gateway.onConnect(script -> script.acceptUpgrade().expectText("hi").text("never"));
        try (Socket socket = upgraded()) {
            send(socket, WireFrame.text("ho"));
            assertThat(socket.getInputStream().read()).as("hung up").isEqualTo(-1);
        }

        expectComplaint(
                "connection 1: step 3 of 4, expect Text \"hi\": came Text \"ho\"",
                "never made: send Text \"never\"",
                "all that came: the request GET /?… HTTP/1.1; Text \"ho\"");
    }

    @Test
    void aFrameThatIsNotMaskedIsNoFrameOfAClient() throws IOException {
        gateway.onConnect(script -> script.acceptUpgrade().expectText("hi"));
        try (Socket socket = upgraded()) {
            send(socket, WireFrame.text("hi").bytes());
            expectComplaint("expect Text \"hi\": came Text \"hi\", not masked");
        }
    }

    @Test
    void anEndInsteadOfWhatIsExpectedFailsTheScript() throws IOException {
        gateway.onConnect(script -> script.acceptUpgrade().expectText("hi"));
        upgraded().close();

        expectComplaint("expect Text \"hi\": came the end of TCP");
    }

    @Test
    void whatNobodyExpectedIsNamed() throws IOException {
        gateway.onConnect(script -> script.acceptUpgrade().expectText("hi"));
        try (Socket socket = upgraded()) {
            send(socket, WireFrame.text("hi"));
            gateway.assertConsumed();
            send(socket, WireFrame.text("there"));
            Flux.interval(Duration.ofMillis(5))
                    .filter(tick -> gateway.arrivals(1).size() == 3)
                    .blockFirst(Duration.ofSeconds(20));
        }

        expectComplaint("connection 1: came, and was not expected: Text \"there\"");
    }

    @Test
    void whatIsStillWaitedForIsNamed() throws IOException {
        gateway.onConnect(script -> script.acceptUpgrade().expectText("hi").text("ho"));
        try (Socket socket = upgraded()) {
            expectComplaint(Duration.ofMillis(300), "never made: expect Text \"hi\"; send Text \"ho\"");
            assertThat(socket.isConnected()).isTrue();
        }
    }

    @Test
    void aScriptNobodyConnectedForIsNamed() {
        gateway.onConnect(Script.empty().expectUpgrade());

        expectComplaint(Duration.ZERO, "connection 1: nobody connected for it; its steps: [expect an upgrade request]");
    }

    @Test
    void aConnectionWithoutAScriptIsResetAndCounted() {
        expectReset();

        expectComplaint("connections without a script, which were reset: 1");
    }

    /** The reset may come before the connect has returned, and fails that then. */
    private void expectReset() {
        assertThatExceptionOfType(SocketException.class).isThrownBy(() -> {
            try (Socket socket = dial()) {
                socket.getInputStream().read();
            }
        });
    }

    @Test
    void aConnectionWithoutAScriptTakesNoneOfALaterOne() throws IOException {
        expectReset();
        gateway.onConnect(script -> script.acceptUpgrade().expectEnd());
        upgraded().close();

        expectComplaint("connections without a script, which were reset: 1");
        assertThat(gateway.connections()).isEqualTo(2);
        assertThat(gateway.arrivals(1)).hasSize(2);
    }

    @Test
    void whatCannotBeReadAfterTheLastStepIsNamed() throws IOException {
        gateway.onConnect(script -> script.acceptUpgrade());
        try (Socket socket = upgraded()) {
            send(socket, Octets.hex("82 ff 00 00 01 00 00 00 00 00 00 00 00 00"));
            assertThat(socket.getInputStream().read()).as("hung up").isEqualTo(-1);
        }

        expectComplaint("connection 1: after the last step: ", "a frame of the peer's exceeds the kit's bound");
    }

    @Test
    void whatIsExpectedAfterTheGatewaysOwnEndFails() throws IOException {
        gateway.onConnect(script -> script.acceptUpgrade().closeTcp().expectEnd());
        gateway.onConnect(script -> script.acceptUpgrade().expectEnd().expectEnd());
        upgraded().close();
        upgraded().close();

        expectComplaint(
                "step 4 of 4, expect the end of TCP: the gateway had ended TCP itself",
                "step 4 of 4, expect the end of TCP: TCP had ended before");
    }

    @Test
    void aGivenHeaderReplacesAnotherWhateverItsCaseAndKeepsItsOrder() throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        List.of("X-3", "upgrade", "X-1", "X-2").forEach(name -> headers.put(name, name + "!"));
        headers.put("SEC-WEBSOCKET-ACCEPT", "");
        gateway.onConnect(script -> script.acceptUpgrade(headers).endOutput());
        try (Socket socket = dial()) {
            send(socket, Octets.utf8(REQUEST));
            assertThat(Octets.of(socket.getInputStream().readAllBytes()).text())
                    .isEqualTo("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nX-3: X-3!\r\n"
                            + "upgrade: upgrade!\r\nX-1: X-1!\r\nX-2: X-2!\r\n\r\n");
        }
    }

    @Test
    void aPortInUseLeavesNoThreadBehind() {
        assertThatThrownBy(() -> ScriptedGateway.startAt(gateway.port())).isInstanceOf(BindException.class);

        gateway.close();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith("scripted-gateway"));
    }

    @Test
    void aRequestThatIsNoUpgradeIsNotTakenForOne() throws IOException {
        gateway.onConnect(script -> script.acceptUpgrade());
        try (Socket socket = dial()) {
            send(socket, Octets.utf8("GET / HTTP/1.1\r\n\r\n"));
            expectComplaint("expect an upgrade request: came the request GET / HTTP/1.1");
        }
    }

    @Test
    void aRequestWithoutAnEndIsBounded() throws IOException {
        gateway.onConnect(script -> script.acceptUpgrade());
        try (Socket socket = dial()) {
            send(socket, Octets.repeated('x', ArrivalDecoder.MAX_REQUEST_BYTES + 1));
            expectComplaint("a request of the peer's exceeds the kit's bound of 65536 bytes");
        }
    }

    @Test
    void whatIsSentAfterTheEndIsNotSent() throws IOException {
        gateway.onConnect(
                script -> script.acceptUpgrade().closeTcp().text("late").expectText("hi"));
        upgraded().close();

        expectComplaint("step 4 of 5, send Text \"late\": TCP had ended before", "never made: expect Text \"hi\"");
    }

    @Test
    void tcpCanBeRefusedAndAcceptedAgain() throws IOException {
        gateway.onConnect(Fault.TCP_REFUSED).refuse();
        assertThatThrownBy(this::dial).isInstanceOf(ConnectException.class);
        gateway.onConnect(script -> script.acceptUpgrade()).listen().listen();
        upgraded().close();

        gateway.assertConsumed();
    }

    @Test
    void pausesAndDripsTakeTheGatewaysTime() throws Exception {
        HeldTimer timer = new HeldTimer();
        try (ScriptedGateway timed = ScriptedGateway.start(timer)) {
            timed.onConnect(script -> script.then(new Step.Drip("two bytes", Octets.utf8("ab"), Duration.ofHours(1)))
                    .pause(Duration.ofHours(2))
                    .send("the end", Octets.utf8("c"))
                    .endOutput());
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), timed.port())) {
                assertThat(timer.runNext()).isEqualTo(Duration.ofHours(1));
                assertThat(socket.getInputStream().read()).isEqualTo('a');
                assertThat(timer.runNext()).isEqualTo(Duration.ofHours(1));
                assertThat(socket.getInputStream().read()).isEqualTo('b');
                assertThat(timer.runNext()).isEqualTo(Duration.ofHours(2));
                assertThat(read(socket, 2)).isEqualTo(Octets.utf8("c"));
            }
            timed.assertConsumed();
        }
    }

    /** Runs a task when the test says so. A virtual clock is no match for two threads. */
    private static final class HeldTimer implements Scheduler {

        private record Held(Runnable task, Duration delay) {}

        private final BlockingQueue<Held> held = new LinkedBlockingQueue<>();

        Duration runNext() throws InterruptedException {
            Held next = Objects.requireNonNull(held.poll(20, TimeUnit.SECONDS));
            next.task().run();
            return next.delay();
        }

        @Override
        public Disposable schedule(Runnable task) {
            return schedule(task, 0, TimeUnit.NANOSECONDS);
        }

        @Override
        public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
            held.add(new Held(task, Duration.of(delay, unit.toChronoUnit())));
            return Disposables.disposed();
        }

        @Override
        public Worker createWorker() {
            throw new UnsupportedOperationException("the kit needs none");
        }
    }

    @Test
    void readingCanStopAndGoOn() throws IOException {
        gateway.onConnect(script ->
                script.stopReading().text("go").readAgain().acceptUpgrade().expectEnd());
        try (Socket socket = dial()) {
            assertThat(read(socket, 4)).isEqualTo(WireFrame.text("go").bytes());
            send(socket, Octets.utf8(REQUEST));
            read(socket, ANSWER.length());
        }

        gateway.assertConsumed();
    }

    @Test
    void framesOfEverySizeAreReadAsTheyWereWritten() throws IOException {
        List<Integer> sizes = List.of(0, 125, 126, 0xffff, 0x10000);
        Script script = Script.empty().acceptUpgrade();
        for (int size : sizes) {
            script = script.expect(
                    WireFrame.binary(Octets.repeated(0xa5, size)).unfinished().withReserved(5));
        }
        gateway.onConnect(script);
        try (Socket socket = upgraded()) {
            for (int size : sizes) {
                send(
                        socket,
                        WireFrame.binary(Octets.repeated(0xa5, size))
                                .unfinished()
                                .withReserved(5));
            }
            gateway.assertConsumed();
        }
    }

    @Test
    void aFaultOfTheDialIsNoPartOfASession() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Script.empty().acceptUpgrade().then(Fault.FOUND_302))
                .withMessage("FOUND_302 is a fault of the dial: use it alone, as onConnect(FOUND_302)");
        assertThat(Script.empty().acceptUpgrade().then(Fault.RESERVED_BITS)).isEqualTo(Fault.RESERVED_BITS.script());
    }

    @Test
    void valuesAreChecked() {
        Octets one = Octets.hex("00");
        assertThatIllegalArgumentException().isThrownBy(() -> new WireFrame(true, 8, 1, false, one));
        assertThatIllegalArgumentException().isThrownBy(() -> WireFrame.of(16, one));
        assertThatIllegalArgumentException().isThrownBy(() -> new Step.Pause(Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> new Step.Drip("x", one, Duration.ofMillis(-1)));
        assertThatIllegalArgumentException().isThrownBy(() -> new Step.Flood("x", Octets.utf8(""), 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Step.Flood("x", one, 0));
        assertThatCode(() -> new Step.Flood("x", one, 1)).doesNotThrowAnyException();
    }

    @Test
    void everythingPrintsInWords() {
        assertThat(Script.empty()
                        .acceptUpgrade(Map.of("X-A", "b"))
                        .send(WireFrame.ping(Octets.hex("00ff")).unfinished().withReserved(1))
                        .pause(Duration.ofSeconds(1))
                        .stopReading()
                        .then(new Step.Flood("a ping", Octets.hex("89 00"), 7))
                        .close(1001, "bye"))
                .hasToString("[expect an upgrade request, answer 101 with {X-A=b},"
                        + " send unfinished Ping 00 ff with reserved bits 1, pause PT1S, stop reading,"
                        + " flood with 7 × a ping, send Close 1001 \"bye\","
                        + " take what comes until the end of TCP; at a Close: END]");
        assertThat(Octets.repeated('x', 65).toString()).endsWith("xxx\"… (65 bytes)");
        assertThat(Octets.of("é".getBytes(StandardCharsets.UTF_8)))
                .hasToString("c3 a9")
                .hasSameHashCodeAs(Octets.utf8("é"));
    }
}
