package io.headgate.samples.chat;

import io.headgate.plugin.IngressEvent;
import io.headgate.plugin.OutputCommand;
import io.headgate.plugin.ServiceContext;
import io.headgate.plugin.ServicePlugin;
import java.time.Duration;
import java.util.Random;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * A bot at a chat gateway. It says {@code pong} to who says {@code ping}; the rest is what such a gateway asks of its clients:
 *
 * <pre>{@code
 *            hello ──► identify, or resume what there is to resume ──► ready | resumed
 *                  └─► heartbeat after a part of the interval, then at each; one that nobody acknowledged ──► Close 4000
 *  invalid session ──► wait 1 to 5 s ──► identify, or resume where it says so
 *        reconnect ──► Close 4000
 * }</pre>
 *
 * <p>It neither dials nor dials again, and holds no socket: the host does. A Close with 4000 has the host come back, and the gateway keep
 * the session for it; the host's own codes at its stop, 1000 and 1001, end it.
 */
public final class ChatBot implements ServicePlugin {

    private static final int COME_BACK = 4000;
    private static final Duration SHORTEST_INTERVAL = Duration.ofMillis(500);
    private static final int SHORTEST_PAUSE_MILLIS = 1_000;
    private static final int LONGEST_PAUSE_MILLIS = 5_000;

    private final Random random;

    /** For the host, which makes it. */
    public ChatBot() {
        this(new Random());
    }

    ChatBot(Random random) {
        this.random = random;
    }

    @Override
    public Flux<OutputCommand> handle(Flux<IngressEvent> events, ServiceContext context) {
        Login login = new Login(context.settings().getOrDefault("token", ""));
        Scheduler scheduler = context.scheduler();
        // Shared one event at a time. What waits or beats besides ends when the host completes the events.
        return events.map(Heard::of)
                .doOnNext(heard -> login.see(heard.message()))
                .publish(
                        shared -> Flux.merge(
                                shared.concatMap(heard -> answer(heard, login), 0),
                                besides(shared, heartbeats(shared, login, scheduler)),
                                besides(shared, reentries(shared, login, scheduler))),
                        1);
    }

    private static Flux<OutputCommand> besides(Flux<Heard> shared, Flux<OutputCommand> work) {
        return work.takeUntilOther(shared.ignoreElements());
    }

    private static Mono<OutputCommand> answer(Heard heard, Login login) {
        return switch (heard.message().op()) {
            case Op.HELLO -> Mono.just(heard.reply(login.enter()));
            case Op.HEARTBEAT -> Mono.just(heard.reply(login.beat()));
            case Op.RECONNECT -> Mono.just(heard.close(COME_BACK, "as the gateway asks"));
            case Op.DISPATCH -> pong(heard);
            default -> Mono.empty();
        };
    }

    private static Mono<OutputCommand> pong(Heard heard) {
        String said = heard.message().data().path("content").asString("");
        return heard.message().is("MESSAGE_CREATE") && said.startsWith("ping")
                ? Mono.just(heard.reply(
                        Message.write(Op.SAY, Message.object().put("content", said.replace("ping", "pong")))))
                : Mono.empty();
    }

    private Flux<OutputCommand> heartbeats(Flux<Heard> shared, Login login, Scheduler scheduler) {
        return shared.filter(heard -> heard.is(Op.HELLO) || heard.endsSession())
                .switchMap(heard -> heard.endsSession() ? Flux.empty() : beats(heard, login, scheduler));
    }

    /** The first after a part of the interval, so that a thousand clients of a gateway that came back do not beat at once. */
    private Flux<OutputCommand> beats(Heard hello, Login login, Scheduler scheduler) {
        Duration asked = Duration.ofMillis(
                hello.message().data().path("heartbeat_interval").asLong(0));
        Duration interval = asked.compareTo(SHORTEST_INTERVAL) < 0 ? SHORTEST_INTERVAL : asked;
        Duration first = Duration.ofMillis((long) (interval.toMillis() * random.nextDouble()));
        return Flux.interval(first, interval, scheduler)
                .onBackpressureDrop()
                .map(tick -> login.acknowledged()
                        ? hello.reply(login.beat())
                        : hello.close(COME_BACK, "a heartbeat was not acknowledged"));
    }

    private Flux<OutputCommand> reentries(Flux<Heard> shared, Login login, Scheduler scheduler) {
        return shared.filter(heard -> heard.is(Op.INVALID_SESSION) || heard.endsSession())
                .switchMap(heard -> heard.endsSession()
                        ? Mono.empty()
                        : Mono.delay(pause(), scheduler).map(waited -> heard.reply(login.enter())));
    }

    private Duration pause() {
        return Duration.ofMillis(SHORTEST_PAUSE_MILLIS + random.nextInt(LONGEST_PAUSE_MILLIS - SHORTEST_PAUSE_MILLIS));
    }
}
