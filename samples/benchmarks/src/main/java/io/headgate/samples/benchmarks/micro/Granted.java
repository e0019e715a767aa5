package io.headgate.samples.benchmarks.micro;

import io.headgate.host.authority.Access;
import io.headgate.host.authority.Authority;
import io.headgate.host.authority.ConnectionDeclaration;
import io.headgate.host.authority.Grant;
import io.headgate.host.authority.Manifest;
import io.headgate.host.authority.ServiceDeclaration;
import io.headgate.host.authority.Target;
import io.headgate.host.authority.WebSocketGrant;
import io.headgate.host.command.CommandGate;
import io.headgate.host.command.CommandLedger;
import io.headgate.host.command.GrantFilter;
import io.headgate.host.command.OutcomeListener;
import io.headgate.host.command.SessionView;
import io.headgate.plugin.OutputCommand;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/** A service with open sessions, and a grant of which one entry covers them: the last that would be looked at. */
@State(Scope.Thread)
@SuppressWarnings("NullAway.Init") // by JMH
public class Granted {

    private static final String PLUGIN = "bench";
    private static final int MAX_TEXT = 1 << 20;
    /** Authority looks at its entries in alphabetical order. */
    private static final String COVERED = "wss://z.example.com";

    private static final String TEXT = "x".repeat(64);

    /** Entries of the grant. */
    @Param({"1", "1000"})
    public int grants;

    /** Connections of the service. */
    @Param({"1", "1000"})
    public int connections;

    /** How the manifest declares them: by URI, which is decided in advance, or by a pattern, which cannot be. */
    @Param({"/feed", "/**"})
    public String declared;

    private final Map<String, SessionView> sessions = new LinkedHashMap<>();
    private Authority authority;

    /** Makes all of them. */
    @Setup
    public void make() {
        EnumSet<Access> access = EnumSet.of(Access.SUBSCRIBE, Access.SEND);
        ServiceDeclaration service = new ServiceDeclaration(
                "load",
                "io.headgate.Load",
                names().map(name -> ConnectionDeclaration.of(name, COVERED + declared, access, List.of()))
                        .toList());
        Stream<String> others = IntStream.range(1, grants).mapToObj("wss://host%d.example.com/**"::formatted);
        Grant grant = Grant.of(
                PLUGIN,
                Stream.concat(others, Stream.of(COVERED + "/**"))
                        .map(target -> WebSocketGrant.of(target, Access.SUBSCRIBE, Access.SEND))
                        .toArray(WebSocketGrant[]::new));
        authority = Authority.of(new Manifest(PLUGIN, "1.0.0", List.of(service)), service, grant, 1);
        names().forEach(name -> sessions.put(name, new Open(name, dialled(name))));
    }

    private Stream<String> names() {
        return IntStream.range(0, connections).mapToObj(number -> "c" + number);
    }

    private Target dialled(String name) {
        return authority.declaredTarget(name).orElseGet(() -> Target.parse(COVERED + "/feed"));
    }

    /** A command for each connection, in turns. */
    Flux<OutputCommand> commands(int count) {
        return Flux.fromArray(IntStream.range(0, count)
                .mapToObj(number -> OutputCommand.sendText("c" + number % connections, TEXT))
                .toArray(OutputCommand[]::new));
    }

    GrantFilter filter() {
        CommandLedger ledger = new CommandLedger(sessions.keySet(), Schedulers.parallel(), OutcomeListener.NONE);
        return new GrantFilter(() -> authority, sessions::get, ledger, 1);
    }

    /** The gates, in the order of {@link #commands}. */
    List<CommandGate> gates() {
        return names().map(name -> new CommandGate(name, 1, dialled(name), () -> authority, () -> 1))
                .toList();
    }

    private record Open(String connection, Optional<Target> target) implements SessionView {

        Open(String connection, Target dialled) {
            this(connection, Optional.of(dialled));
        }

        @Override
        public long epoch() {
            return 1;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public int maxMessageBytes() {
            return MAX_TEXT;
        }
    }
}
