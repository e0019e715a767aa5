package io.headgate.host.transport.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.host.authority.Target;
import io.headgate.host.transport.ConnectionDriver;
import io.headgate.host.transport.TransportException;
import io.headgate.plugin.FailureKind;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

/** The in-memory driver passes the contract (R11), and is scripted as its Javadoc says. */
final class InMemoryDriverTest extends ConnectionDriverContract {

    private static final Target TARGET = new Target("wss", "gateway.example.com", 443, "/", "");

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final InMemoryDriver driver = InMemoryDriver.on(time);

    @Override
    protected ConnectionDriver driver() {
        return driver;
    }

    @Override
    protected Target remote(Answer answer) {
        driver.onDial(peer -> {
            switch (answer) {
                case ACCEPT -> peer.accept();
                case ACCEPT_SUBPROTOCOL ->
                    peer.accept(peer.spec().subprotocols().get(0));
                case REFUSE -> peer.refuse(403);
                case ABSENT -> peer.refuse(new TransportException(FailureKind.CONNECT, "refused", null));
                case SILENT -> {}
            }
        });
        return TARGET;
    }

    @Override
    protected Mono<RemotePeer> peer() {
        return Mono.fromSupplier(() -> driver.peer("gateway"));
    }

    @Override
    protected void elapse(Duration virtual) {
        time.advanceTimeBy(virtual);
    }

    @Test
    void writesToAStalledPeerStayUndecidedUntilItResumes() {
        ContractDial dial = dial();
        InMemoryPeer peer = driver.peer("gateway").stall();
        Mono<Void> written = dial.write("slow").cache();

        assertThat(dial.session().wire().isWritable()).isFalse();
        assertThat(peer.sent()).isEmpty();
        peer.resume();
        StepVerifier.create(written).verifyComplete();
        assertThat(peer.sent()).containsExactly("slow");
    }

    @Test
    void undecidedWritesFailWhenTheConnectionBreaks() {
        ContractDial dial = dial();
        InMemoryPeer peer = driver.peer("gateway").stall();
        Mono<Void> written = dial.write("lost");
        peer.breakConnection("cut");

        StepVerifier.create(written).verifyError(TransportException.class);
        StepVerifier.create(dial.life()).verifyErrorMessage("cut");
        assertThat(peer.sent()).isEmpty();
        assertThat(peer.isGone()).isTrue();
    }

    @Test
    void aStalledPeerDoesNotHoldUpTheCloseDeadline() {
        ContractDial dial = dial();
        InMemoryPeer peer = driver.peer("gateway").stall();
        dial.onWire(wire -> wire.close(1000, ""));
        elapse(CLOSE_TIMEOUT);

        StepVerifier.create(dial.life()).verifyComplete();
        assertThat(peer.closeSent()).isEmpty();
    }

    @Test
    void dialsAreCountedAndKeepTheirSpecs() {
        dial();
        dial();

        assertThat(driver.dials()).hasSize(2);
        assertThat(driver.dial(2)).isSameAs(driver.peer("gateway"));
        assertThat(driver.dial(1).spec().target()).isEqualTo(TARGET);
        assertThatThrownBy(() -> driver.dial(3)).hasMessage("there were 2 dials, no number 3");
    }

    @Test
    void aPeerThatHasNotAcceptedCannotSend() {
        dial(spec(remote(Answer.SILENT)), session -> Mono.never());

        assertThatThrownBy(() -> driver.peer("gateway").text("early")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void theWireRefusesCallsFromOutsideTheSessionsThread() {
        ContractDial dial = dial();

        assertThatThrownBy(() -> dial.session().wire().flush()).hasMessageContaining("use execute");
    }
}
