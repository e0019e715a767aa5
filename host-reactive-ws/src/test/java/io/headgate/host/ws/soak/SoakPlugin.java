package io.headgate.host.ws.soak;

import io.headgate.plugin.Health;
import io.headgate.plugin.IngressEvent;
import io.headgate.plugin.OutputCommand;
import io.headgate.plugin.ServiceContext;
import io.headgate.plugin.ServicePlugin;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A service that answers every second text, and misbehaves when it is told to. What it says names the session it says it to, so
 * that the peer sees what went astray.
 */
final class SoakPlugin implements ServicePlugin {

    private static final int ANSWER_EVERY = 2;

    private final List<SeenEvents> seen;
    private final AtomicLong[] said = new AtomicLong[Place.CONNECTIONS];
    private final Queue<SoakFault.OfPlugin> faults = new ConcurrentLinkedQueue<>();
    final AtomicLong emitted = new AtomicLong();
    private volatile Duration eachTakes = Duration.ZERO;
    private volatile long slowUntilNanos = System.nanoTime();

    /** What the handler of one event throws. */
    static final class EventFault extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** What the output fails with. */
    static final class OutputFault extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    SoakPlugin(int service, Verdict verdict) {
        boolean discards = Roster.of(service).discards();
        seen = IntStream.range(0, Place.CONNECTIONS)
                .mapToObj(connection -> new SeenEvents(new Place(service, connection).path(), discards, verdict))
                .toList();
        IntStream.range(0, Place.CONNECTIONS).forEach(connection -> said[connection] = new AtomicLong());
    }

    @Override
    public Flux<OutputCommand> handle(Flux<IngressEvent> events, ServiceContext context) {
        return events.doOnNext(event -> seen(event.connection()).take(event))
                .concatMap(event -> isolated(event, context), 0)
                .doOnNext(command -> emitted.incrementAndGet());
    }

    private Flux<OutputCommand> isolated(IngressEvent event, ServiceContext context) {
        return Flux.defer(() -> react(event, context)).onErrorResume(EventFault.class, fault -> {
            context.reportFailure(event, fault);
            return Flux.empty();
        });
    }

    private Flux<OutputCommand> react(IngressEvent event, ServiceContext context) {
        SoakFault.OfPlugin fault = faults.poll();
        if (fault != null) {
            return fault.befall(this);
        }
        Flux<OutputCommand> answer = Flux.defer(() -> answer(event));
        return System.nanoTime() - slowUntilNanos < 0
                ? Mono.delay(eachTakes, context.scheduler()).thenMany(answer)
                : answer;
    }

    private Flux<OutputCommand> answer(IngressEvent event) {
        if (event instanceof IngressEvent.Text text && text.sequence() % ANSWER_EVERY == 0) {
            int connection = Place.numberOf(event.connection());
            long session = seen.get(connection).session();
            return Flux.just(text.reply(nextTo(connection, session)));
        }
        return Flux.empty();
    }

    /** Numbers rise over sessions and incarnations: what is refused leaves a hole, and nothing else does. */
    private String nextTo(int connection, long session) {
        return new Numbered(session, said[connection].incrementAndGet()).text("");
    }

    SeenEvents seen(int connection) {
        return seen.get(connection);
    }

    private SeenEvents seen(String connection) {
        return seen.get(Place.numberOf(connection));
    }

    void befalls(SoakFault.OfPlugin fault) {
        faults.add(fault);
    }

    /** Forgets what it was told to do. */
    void calm() {
        faults.clear();
        slowUntilNanos = System.nanoTime();
    }

    void slow(Duration each, Duration time) {
        eachTakes = each;
        slowUntilNanos = System.nanoTime() + time.toNanos();
    }

    Flux<OutputCommand> flood(int connection, int texts) {
        SeenEvents now = seen.get(connection);
        long session = now.session();
        return session == 0 ? Flux.empty() : texts(connection, now.epoch(), session, texts);
    }

    Flux<OutputCommand> stale(int connection, int texts) {
        SeenEvents now = seen.get(connection);
        long session = now.lastSession();
        return session == 0 || now.epoch() < 2 ? Flux.empty() : texts(connection, now.epoch() - 1, session, texts);
    }

    private Flux<OutputCommand> texts(int connection, long epoch, long session, int texts) {
        return Flux.range(0, texts)
                .map(i -> new OutputCommand.SendText(
                        OutputCommand.HOST_ASSIGNED_ID,
                        new Place(0, connection).name(),
                        epoch,
                        nextTo(connection, session)));
    }

    Flux<OutputCommand> nonsense(int connection) {
        String name = new Place(0, connection).name();
        return Flux.just(
                OutputCommand.sendText(name, "x".repeat(Roster.MESSAGE_BYTES + 1)),
                OutputCommand.sendText(name, "\ud800"),
                OutputCommand.sendText(name, "an id of the host's").withId("#1"),
                OutputCommand.sendText("nobody", "to nobody"),
                OutputCommand.close(name, 1005, ""),
                OutputCommand.open(name, "ws://127.0.0.1:1/elsewhere"),
                OutputCommand.reportStatus(Health.DEGRADED, "talks nonsense"));
    }

    Flux<OutputCommand> close(int connection, int code) {
        String name = new Place(0, connection).name();
        return Flux.just(OutputCommand.close(name, code, ""));
    }
}
