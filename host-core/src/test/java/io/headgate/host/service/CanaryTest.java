package io.headgate.host.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.authority.AuthorityReport;
import io.headgate.host.authority.GrantFile;
import io.headgate.host.authority.Manifest;
import io.headgate.host.diagnostics.Diagnostic;
import io.headgate.host.transport.test.InMemoryPeer;
import io.headgate.plugin.IngressEvent;
import io.headgate.plugin.OutputCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Invariant 8 in virtual time: whatever a peer or a plugin does, the host says no secret. */
final class CanaryTest {

    private static final String CANARY = "kzvx".repeat(4);
    /** Escaped, they fill all that is shown of a reason. */
    private static final String ESCAPES = "\u001b".repeat(44);

    private static final String GRANTS = HostFixture.GRANTS
            .replace(
                    "{target: \"wss://chat.example.com/v1\",",
                    "{target: \"wss://chat.example.com/v1\", headers: {Authorization: " + CANARY + "},")
            .replace("{room: lobby}", "{room: " + CANARY + "}");

    private final HostFixture fixture = new HostFixture(null, settings -> settings, GRANTS);

    @AfterEach
    void stop() {
        fixture.close();
    }

    private static Arguments scenario(String name, Consumer<InMemoryPeer> peer) {
        return Arguments.of(name, peer);
    }

    static Stream<Arguments> scenarios() {
        return Stream.of(
                scenario("nothing more", peer -> {}),
                scenario("a text", peer -> peer.text(CANARY)),
                scenario("a text that is too large", peer -> peer.text(CANARY.repeat(8))),
                scenario("more texts than the queue holds", peer -> {
                    for (int i = 0; i < 9; i++) {
                        peer.text(CANARY);
                    }
                }),
                scenario("a reason that is cut", peer -> peer.close(4000, ESCAPES + CANARY)),
                scenario("a binary message", peer -> peer.binary(16)),
                scenario("an end", InMemoryPeer::end),
                scenario("a reset", InMemoryPeer::reset),
                scenario("a stall", InMemoryPeer::stall));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("scenarios")
    @DisplayName("invariant 8: neither diagnostic, status, outcome nor event has a canary")
    void noCanaryInSight(String name, Consumer<InMemoryPeer> peer) {
        InMemoryPeer chat = fixture.chat();
        List<OutputCommand> commands = List.of(
                OutputCommand.sendText("chat", CANARY).confirmed(),
                OutputCommand.sendText("chat", CANARY + '\ud800'),
                OutputCommand.sendText("chat", CANARY.repeat(9)),
                OutputCommand.sendText("feed", CANARY),
                OutputCommand.close("chat", 4000, CANARY.repeat(9)),
                OutputCommand.open("shard", "wss://a.shards.example.com/?" + CANARY),
                OutputCommand.open("shard", "wss://" + CANARY + "@a.shards.example.com/"));
        commands.forEach(fixture::issue);
        fixture.tick();
        peer.accept(chat);
        fixture.tick();
        fixture.host.grants(GrantFile.parse("grants.yaml", HostFixture.GRANTS)).subscribe();
        fixture.tick();
        assertThat(chat.spec().terms().headers().get("Authorization").reveal()).isEqualTo(CANARY);

        assertThat(said(chat, commands))
                .isNotEmpty()
                .allSatisfy(place -> assertThat(place).doesNotContain("kzvx"));
    }

    private List<String> said(InMemoryPeer chat, List<OutputCommand> commands) {
        GrantFile grants = GrantFile.parse("grants.yaml", GRANTS);
        AuthorityReport report =
                AuthorityReport.of(List.of(Manifest.parse("plugin.yaml", HostFixture.MANIFEST)), grants);
        List<String> said = new ArrayList<>();
        said.add(grants.toString());
        said.add(report.toText() + report.toJson());
        said.add(chat.spec().toString());
        said.add(fixture.host.status().toString());
        fixture.host.history().stream().map(Diagnostic::message).forEach(said::add);
        fixture.host.history().stream().map(Diagnostic::toString).forEach(said::add);
        fixture.outcomes.forEach(outcome -> said.add(outcome.toString()));
        commands.forEach(command -> said.add(command.toString()));
        for (IngressEvent event : fixture.seen) {
            said.add(event.toString());
        }
        return said;
    }
}
