package io.headgate.host.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.diagnostics.Diagnostic;
import io.headgate.host.transport.test.InMemoryPeer;
import io.headgate.plugin.CommandOutcome;
import io.headgate.plugin.CommandOutcome.Result;
import io.headgate.plugin.FailureKind;
import io.headgate.plugin.Health;
import io.headgate.plugin.IngressEvent;
import io.headgate.plugin.OutputCommand;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Attacks on who reads the reports: what looks like the host's words, another connection's, or another command's. */
final class MimicryAttacksTest {

    private static final String FORGED = "x\r\n2026-01-01 WARN chat: DENIED\u202egnorw si gnihton\u2028\u0000\u001b[2J";

    private Attacked host = new Attacked();

    @AfterEach
    void stop() {
        host.close();
        assertThat(host.allThatIsSaid())
                .allSatisfy(said -> assertThat(said.codePoints()).noneMatch(MimicryAttacksTest::isHidden));
    }

    private static boolean isHidden(int point) {
        int type = Character.getType(point);
        return type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
    }

    private void assertNothingIsSaidOf(String connection) {
        assertThat(host.connection(connection).commands().issued()).isZero();
        assertThat(host.told(Diagnostic.CommandRefused.class))
                .isNotEmpty()
                .noneMatch(told -> told.connection().equals(connection));
        assertThat(host.seen)
                .filteredOn(event -> event instanceof IngressEvent.CommandRefused)
                .noneMatch(event -> event.connection().equals(connection));
        assertThat(host.outcomes).noneMatch(outcome -> outcome.connection().equals(connection));
        assertThat(host.status().commands().denied()).isEqualTo(host.outcomes.size());
    }

    @Test
    @DisplayName("Name a connection with spaces around it, and have the refusals put down to the declared one")
    void aNameWithSpacesAround() {
        host.accepted("chat");
        host.issue(OutputCommand.sendText("chat ", "x"));
        host.issue(OutputCommand.reconnect("\u2003chat"));
        assertNothingIsSaidOf("chat");
    }

    @Test
    @DisplayName(
            "Name a connection as a declared one of 64 characters and more, and have the refusals put down to that")
    void aNameThatIsCutToADeclaredOne() {
        String longest = "c".repeat(64);
        host.close();
        host = new Attacked(Attacked.MANIFEST.replace("name: feed", "name: " + longest), Attacked.GRANTS);
        host.issue(OutputCommand.sendText(longest + "/other", "x"));
        assertNothingIsSaidOf(longest);
    }

    @Test
    @DisplayName("Report a failure of an event of one's own making, whose connection is a forged line of the log")
    void aForgedEvent() {
        IngressEvent forged = new IngressEvent.Failed(FORGED, 1, 1, 0, FailureKind.DENIED, "x");
        host.context().reportFailure(forged, new IllegalStateException(FORGED));

        assertThat(host.told(Diagnostic.EventFailed.class)).hasSize(1);
        assertThat(host.status().counts().eventsFailed()).isEqualTo(1);
    }

    @Test
    @DisplayName("Give a command the id of a host's with a space in front, or one that ends in a space no reader sees")
    void idsWithSpacesAtTheEnds() {
        host.accepted("chat");
        for (String id : List.of(" #1", "\u00a0#1", "\u3000#1", "mine\u00a0", "mine ", "\u2007")) {
            CommandOutcome outcome =
                    host.outcomeOf(OutputCommand.sendText("chat", "x").withId(id));
            assertThat(outcome.result()).as("%s", id).isEqualTo(Result.REJECTED);
            assertThat(outcome.rule()).isEqualTo("id-malformed");
            assertThat(outcome.commandId()).startsWith("#");
        }
        assertThat(host.driver.peer("chat").sent()).isEmpty();
    }

    @Test
    @DisplayName("Say in a report of one's health what the host would say, over several lines and backwards")
    void aForgedReport() {
        host.issue(OutputCommand.reportStatus(Health.OK, FORGED.repeat(10_000)));

        assertThat(host.told(Diagnostic.StatusReported.class))
                .singleElement()
                .satisfies(told -> assertThat(told.message())
                        .startsWith("the plugin reports OK: x\\u000d\\u000a")
                        .hasSizeLessThan(300));
        assertThat(host.status().reported().orElseThrow().detail()).hasSizeLessThan(300);
    }

    @Test
    @DisplayName("Close as a peer with a reason that forges the next line of the log")
    void aForgedReason() {
        InMemoryPeer peer = host.accepted("chat");
        peer.close(1011, FORGED);
        host.tick();

        assertThat(host.connection("chat").lastError()).startsWith("closed with 1011 by PEER: x\\u000d\\u000a");
    }

    @Test
    @DisplayName(
            "Fail with an error that lies in its stack about where it was thrown, on several lines, and tells a secret")
    void aForgedStack() {
        IllegalStateException lying = new IllegalStateException("canary-setting");
        lying.setStackTrace(new StackTraceElement[] {new StackTraceElement(FORGED, FORGED, FORGED, 1)});
        host.output.tryEmitError(lying).orThrow();
        host.tick();

        assertThat(host.status().life().lastFailure())
                .contains("IllegalStateException")
                .contains("\\u000d\\u000a");
        assertThat(host.allThatIsSaid()).noneMatch(said -> said.contains("canary"));
    }

    @Test
    @DisplayName("Open five million characters with a secret in them, to have them reported")
    void aHugeUri() {
        String uri = "wss://a.shards.example.com/canary-path".repeat(130_000);
        CommandOutcome outcome = host.outcomeOf(OutputCommand.open("shard", uri));

        assertThat(outcome.rule()).isEqualTo("uri-malformed");
        assertThat(host.dials("shard")).isZero();
        assertThat(host.allThatIsSaid()).noneMatch(said -> said.contains("canary"));
        assertThat(host.told(Diagnostic.CommandRefused.class))
                .singleElement()
                .satisfies(told -> assertThat(told.message()).hasSizeLessThan(300));
    }

    @Test
    @DisplayName("Use the id of a command that waits once more, so that one outcome could be taken for the other's")
    void anIdThatIsInUse() {
        InMemoryPeer peer = host.accepted("chat");
        peer.stall();
        host.issue(OutputCommand.sendText("chat", "first").withId("mine"));
        host.issue(OutputCommand.close("chat", 1000, "").withId("mine"));

        assertThat(host.outcomes).singleElement().satisfies(outcome -> {
            assertThat(outcome.rule()).isEqualTo("id-in-use");
            assertThat(outcome.commandId()).startsWith("#");
        });
        peer.resume();
        host.tick();
        assertThat(peer.sent()).containsExactly("first");
        assertThat(peer.closeSent()).isEmpty();
    }
}
