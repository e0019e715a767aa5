package io.headgate.host.command;

import io.headgate.host.authority.Authority;
import io.headgate.host.authority.GrantFile;
import io.headgate.host.authority.Manifest;
import io.headgate.host.authority.Target;
import io.headgate.plugin.CommandOutcome;
import io.headgate.plugin.OutputCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.test.scheduler.VirtualTimeScheduler;

/** A service with one granted connection, {@code chat}, whose session is whatever the test says. */
final class CommandFixture {

    private static final Manifest MANIFEST = Manifest.parse("plugin.yaml", """
            version: 1
            id: test.plugin
            release: 1.0.0
            services:
              - name: bridge
                class: test.Bridge
                connections:
                  - {name: chat, target: "wss://chat.example.com/", access: [subscribe, send]}
                  - {name: feed, target: "wss://feed.example.com/", access: [subscribe]}
            """);

    static final Target TARGET = Target.parse("wss://chat.example.com/");

    final List<CommandOutcome> outcomes = new ArrayList<>();
    final CommandLedger ledger = new CommandLedger(
            List.of("chat", "feed"), VirtualTimeScheduler.create(), (command, outcome) -> outcomes.add(outcome));
    volatile Authority authority = granting("subscribe, send");
    volatile long epoch = 1;
    volatile boolean open = true;
    volatile long incarnation = 1;

    static Authority granting(String access) {
        GrantFile grants = GrantFile.parse(
                "grants.yaml",
                "version: 1\ngrants:\n  - plugin: test.plugin\n    websocket:\n"
                        + "      - {target: \"wss://chat.example.com/\", access: [" + access + "]}\n");
        return Authority.of(
                MANIFEST,
                MANIFEST.services().get(0),
                grants.grantFor(MANIFEST.id()).orElseThrow(),
                1);
    }

    SessionView chat() {
        return new SessionView() {
            @Override
            public String connection() {
                return "chat";
            }

            @Override
            public long epoch() {
                return epoch;
            }

            @Override
            public boolean isOpen() {
                return open;
            }

            @Override
            public Optional<Target> target() {
                return Optional.of(TARGET);
            }

            @Override
            public int maxMessageBytes() {
                return 8;
            }
        };
    }

    GrantFilter filter() {
        return new GrantFilter(() -> authority, Map.of("chat", chat())::get, ledger, 1);
    }

    CommandGate gate() {
        return new CommandGate("chat", epoch, TARGET, () -> authority, () -> incarnation);
    }

    /** What the filter lets through. */
    List<IssuedCommand> admitted(OutputCommand... commands) {
        List<IssuedCommand> admitted = new ArrayList<>();
        Sinks.Many<OutputCommand> issuing = Sinks.many().unicast().onBackpressureBuffer();
        Flux<IssuedCommand> filtered = issuing.asFlux().transform(filter());
        filtered.subscribe(admitted::add);
        for (OutputCommand command : commands) {
            issuing.tryEmitNext(command).orThrow();
        }
        return admitted;
    }

    IssuedCommand admitted(OutputCommand command) {
        return admitted(new OutputCommand[] {command}).get(0);
    }

    List<String> rules() {
        return outcomes.stream().map(CommandOutcome::rule).toList();
    }

    CommandCounts counts() {
        return ledger.counts().values().stream().reduce(CommandCounts.ZERO, CommandCounts::plus);
    }
}
