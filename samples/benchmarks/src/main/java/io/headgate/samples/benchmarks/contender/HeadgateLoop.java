package io.headgate.samples.benchmarks.contender;

import io.headgate.host.authority.AddressPolicy;
import io.headgate.host.authority.Authority;
import io.headgate.host.authority.DialTerms;
import io.headgate.host.authority.Manifest;
import io.headgate.host.authority.ServiceDeclaration;
import io.headgate.host.authority.Target;
import io.headgate.host.command.CommandGate;
import io.headgate.host.command.CommandLedger;
import io.headgate.host.command.CommandWindow;
import io.headgate.host.command.GrantFilter;
import io.headgate.host.command.MailboxBounds;
import io.headgate.host.command.OutboundWriter;
import io.headgate.host.command.OutcomeListener;
import io.headgate.host.command.SessionView;
import io.headgate.host.pipeline.EventNumbers;
import io.headgate.host.pipeline.FrameListener;
import io.headgate.host.pipeline.FramePipeline;
import io.headgate.host.pipeline.SessionOrigin;
import io.headgate.host.service.HostSettings;
import io.headgate.host.transport.ConnectionSpec;
import io.headgate.host.transport.Session;
import io.headgate.host.ws.ReactorNettyDriver;
import io.headgate.plugin.IngressEvent;
import io.headgate.plugin.OutputCommand;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Headgate's operators, composed on the event loop: no queue and no hop, and what runs there must not block.
 *
 * <pre>
 *   frames ─► FramePipeline ─► handler ─► GrantFilter ─► CommandWindow ─► OutboundWriter, at most {@value #WINDOW} undecided
 * </pre>
 */
final class HeadgateLoop implements Contender {

    private static final int WINDOW = 256;
    private static final long WINDOW_BYTES = 4L << 20;
    private static final int MAX_TEXT = 1 << 20;
    private static final String SERVICE = "bench.s0/load";

    private Lives lives = new Lives();
    private @Nullable ReactorNettyDriver driver;

    @Override
    public CompletionStage<Void> open(URI target, Shape shape, Task task) {
        Lives opening = new Lives();
        lives = opening;
        ReactorNettyDriver dialling = ReactorNettyDriver.create();
        driver = dialling;
        Authority authority = authority(new Configured(target, shape, "drop-newest"));
        for (int number = 0; number < shape.connections(); number++) {
            Connection connection =
                    new Connection(Configured.connection(number), Target.parse(target.toString()), authority);
            Handler handler = handler(task, number);
            opening.begin(opened -> dialling.connect(connection.spec(), session -> {
                opened.run();
                return connection.life(session, handler).takeUntilOther(opening.closing());
            }));
        }
        return opening.allOpen();
    }

    private static Authority authority(Configured configured) {
        Manifest manifest = configured.manifest(0);
        ServiceDeclaration service = manifest.services().get(0);
        return Authority.of(
                manifest, service, configured.grants().grantFor(manifest).orElse(null), 1);
    }

    private static Handler handler(Task task, int number) {
        if (task instanceof Task.Receive receive) {
            Recipient recipient = receive.recipients().apply(number);
            return events -> events.handle((event, sink) -> {
                if (event instanceof IngressEvent.Text text) {
                    recipient.text(text.text());
                }
            });
        }
        if (task instanceof Task.Send send) {
            return events -> events.ofType(IngressEvent.Opened.class)
                    .flatMap(opened ->
                            Flux.generate(sink -> sink.next(OutputCommand.sendText(opened.connection(), send.text()))));
        }
        if (task instanceof Task.Echo) {
            return events -> events.ofType(IngressEvent.Text.class).map(text -> text.reply(text.text()));
        }
        return events -> events.ofType(OutputCommand.class);
    }

    @Override
    public CompletionStage<Void> close() {
        ReactorNettyDriver disposing = driver;
        CompletableFuture<Void> closed = lives.close();
        return disposing == null
                ? closed
                : closed.thenCompose(done -> disposing.disposeLater().toFuture());
    }

    /** What an application does with one connection's events. */
    @FunctionalInterface
    private interface Handler {
        Flux<OutputCommand> handle(Flux<IngressEvent> events);
    }

    /** One connection with all that Headgate's operators want to know of it. */
    private record Connection(String name, Target dialled, Authority authority) {

        ConnectionSpec spec() {
            HostSettings settings = HostSettings.defaults();
            return new ConnectionSpec(
                    SERVICE,
                    name,
                    dialled,
                    DialTerms.of(AddressPolicy.LOOPBACK),
                    MAX_TEXT,
                    settings.dial(),
                    settings.closeTimeout());
        }

        Mono<Void> life(Session session, Handler handler) {
            CommandGate gate = new CommandGate(name, 1, dialled, () -> authority, () -> 1);
            OutboundWriter writer = new OutboundWriter(session.wire(), gate, new MailboxBounds(WINDOW, WINDOW_BYTES));
            CommandLedger ledger = new CommandLedger(List.of(name), Schedulers.parallel(), OutcomeListener.NONE);
            OpenSession open = new OpenSession(name, session, dialled);
            return session.frames()
                    .transform(new FramePipeline(
                            new SessionOrigin(name, 1, session.subprotocol()),
                            new EventNumbers(),
                            Schedulers.parallel(),
                            FrameListener.NONE))
                    .transform(handler::handle)
                    .transform(new GrantFilter(() -> authority, asked -> open, ledger, 1))
                    .as(CommandWindow.of(WINDOW, writer::send));
        }
    }

    private record OpenSession(String connection, Session session, Target dialled) implements SessionView {

        @Override
        public long epoch() {
            return 1;
        }

        @Override
        public boolean isOpen() {
            return session.wire().isOpen();
        }

        @Override
        public Optional<Target> target() {
            return Optional.of(dialled);
        }

        @Override
        public int maxMessageBytes() {
            return MAX_TEXT;
        }
    }
}
