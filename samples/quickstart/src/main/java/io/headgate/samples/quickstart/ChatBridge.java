package io.headgate.samples.quickstart;

import io.headgate.plugin.Health;
import io.headgate.plugin.IngressEvent;
import io.headgate.plugin.OutputCommand;
import io.headgate.plugin.ServiceContext;
import io.headgate.plugin.ServicePlugin;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import tools.jackson.databind.JsonNode;

/**
 * The plugin: it answers a chat gateway and keeps its heartbeats. It holds no socket, and dials none again: the host does. Each
 * of its answers names the session it is for, so that none leaves on a later one.
 */
final class ChatBridge implements ServicePlugin {

    /** What a reply costs: enough for a burst to overflow the queue. */
    static final Duration WORK = Duration.ofMillis(5);

    private static final String GATEWAY = "gateway";
    /** No gateway can make the bridge beat faster. */
    private static final long SHORTEST_HEARTBEAT_MILLIS = 100;

    private final Narrator narrator;
    private final AtomicLong missed = new AtomicLong();
    private final AtomicBoolean triedFeed = new AtomicBoolean();

    ChatBridge(Narrator narrator) {
        this.narrator = narrator;
    }

    /** How many texts the Gaps so far stood for. */
    long missed() {
        return missed.get();
    }

    @Override
    public Flux<OutputCommand> handle(Flux<IngressEvent> events, ServiceContext context) {
        // Shared one event at a time, at the pace of the slowest: the answers. What they leave waits at the host.
        return events.publish(shared -> Flux.merge(answers(shared, context), besides(shared, context.scheduler())), 1);
    }

    private Flux<OutputCommand> answers(Flux<IngressEvent> events, ServiceContext context) {
        return ServicePlugin.perEvent(event -> answer(event, context)).handle(events, context);
    }

    /** What goes on while an event is being answered. It ends when the host completes the events. */
    private static Flux<OutputCommand> besides(Flux<IngressEvent> events, Scheduler scheduler) {
        return heartbeats(events, scheduler).takeUntilOther(events.ignoreElements());
    }

    private static Flux<OutputCommand> heartbeats(Flux<IngressEvent> events, Scheduler scheduler) {
        return events.filter(event -> event.connection().equals(GATEWAY))
                .filter(event -> isHello(event) || endsSession(event))
                .switchMap(event -> event instanceof IngressEvent.Text hello ? beat(hello, scheduler) : Flux.empty());
    }

    private static Flux<OutputCommand> beat(IngressEvent.Text hello, Scheduler scheduler) {
        long millis = Math.max(
                SHORTEST_HEARTBEAT_MILLIS,
                Chat.read(hello.text()).path("heartbeat_ms").asLong(SHORTEST_HEARTBEAT_MILLIS));
        return Flux.interval(Duration.ofMillis(millis), scheduler)
                .onBackpressureDrop()
                .map(tick -> hello.reply(Chat.of("heartbeat").toString()));
    }

    private static boolean isHello(IngressEvent event) {
        return event instanceof IngressEvent.Text text
                && Chat.op(Chat.read(text.text())).equals("hello");
    }

    private static boolean endsSession(IngressEvent event) {
        return event instanceof IngressEvent.Closed || event instanceof IngressEvent.Failed;
    }

    private Publisher<OutputCommand> answer(IngressEvent event, ServiceContext context) {
        if (event instanceof IngressEvent.Text text && text.connection().equals(GATEWAY)) {
            return chat(text, context);
        }
        if (event instanceof IngressEvent.Gap gap) {
            missed.addAndGet(gap.count());
        }
        narrator.event(event);
        return Mono.empty();
    }

    private Publisher<OutputCommand> chat(IngressEvent.Text text, ServiceContext context) {
        JsonNode message = Chat.read(text.text());
        return switch (Chat.op(message)) {
            case "hello" -> {
                narrator.event(text, "hello → identify");
                yield Mono.just(text.reply(identify(context)));
            }
            case "ready" -> {
                narrator.event(text, "ready");
                yield triedFeed.compareAndSet(false, true) ? firstWords() : Mono.empty();
            }
            case "message" -> reply(text, message, context.scheduler());
            default -> {
                narrator.event(text, Chat.op(message));
                yield Mono.empty();
            }
        };
    }

    private static String identify(ServiceContext context) {
        return Chat.of("identify")
                .put("bot", context.settings().getOrDefault("bot", "anonymous"))
                .toString();
    }

    /** The second is refused by the host: the feed is granted for reading only. */
    private static Publisher<OutputCommand> firstWords() {
        return Flux.just(
                OutputCommand.reportStatus(Health.OK, "identified at the gateway"),
                OutputCommand.sendText("feed", "May I say something, too?"));
    }

    private Publisher<OutputCommand> reply(IngressEvent.Text text, JsonNode message, Scheduler scheduler) {
        long id = message.path("id").asLong(0);
        String said = message.path("text").asString("");
        String answer =
                Chat.of("reply").put("to", id).put("text", "You said: " + said).toString();
        return Mono.delay(WORK, scheduler).map(worked -> {
            narrator.event(text, "message " + id + " \"" + said + "\" → reply");
            return text.reply(answer);
        });
    }
}
