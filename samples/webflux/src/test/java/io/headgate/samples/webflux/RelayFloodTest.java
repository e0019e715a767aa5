package io.headgate.samples.webflux;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.plugin.CommandOutcome;
import io.headgate.plugin.CommandOutcome.Result;
import io.headgate.plugin.IngressEvent;
import io.headgate.plugin.ServiceContext;
import io.micrometer.observation.ObservationRegistry;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** A lane that is never empty. */
final class RelayFloodTest {

    private final Scheduler worker = Schedulers.newSingle("worker", true);
    private final Sinks.Many<CommandOutcome> outcomes = Sinks.many().multicast().directBestEffort();

    /** What the host offers, as the host does it: events and outcomes on one worker. */
    private ServiceContext context() {
        return (ServiceContext) Proxy.newProxyInstance(
                ServiceContext.class.getClassLoader(),
                new Class<?>[] {ServiceContext.class},
                (context, asked, with) -> switch (asked.getName()) {
                    case "incarnation" -> 1L;
                    case "scheduler" -> worker;
                    case "outcomes" ->
                        outcomes.asFlux().onBackpressureBuffer(256).publishOn(worker, false, 1);
                    default -> throw new UnsupportedOperationException(asked.getName());
                });
    }

    @AfterEach
    void end() {
        worker.dispose();
    }

    @Test
    @DisplayName("a caller is told all the same")
    void told() {
        Calls calls = new Calls(1, ObservationRegistry.NOOP, Schedulers.parallel());
        Relay relay = new Relay(new Audience(1, 1, Schedulers.parallel()), calls, ObservationRegistry.NOOP);
        Flux<IngressEvent> flood = Flux.<IngressEvent>generate(
                        sink -> sink.next(new IngressEvent.Text("chat", 1, 1, 0, "again", 5)))
                .publishOn(worker, false, 1)
                // What the host puts behind its hop does not fuse.
                .hide();
        Disposable running = relay.handle(flood, context())
                .map(command -> new CommandOutcome(command.id(), command.connection(), 1, 0, Result.SENT, "", ""))
                .subscribe(outcome -> outcomes.tryEmitNext(outcome).orThrow());
        try {
            CommandOutcome outcome = calls.send(new Message("chat", "hello")).block(RunningSample.LIMIT);
            assertThat(outcome).extracting(CommandOutcome::result).isEqualTo(Result.SENT);
        } finally {
            running.dispose();
        }
    }
}
