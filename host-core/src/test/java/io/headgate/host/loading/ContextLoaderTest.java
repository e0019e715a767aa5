package io.headgate.host.loading;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.transport.ConnectionDriver;
import io.headgate.host.transport.test.InMemoryPeer;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** The plugin's loader is the context class loader of its code, wherever it is called, and of nothing else. */
@Timeout(120)
final class ContextLoaderTest {

    private static final List<String> CALLS = List.of(
            "made",
            "handle",
            "subscribe",
            "request",
            "onSubscribe",
            "onNext",
            "scheduled",
            "delayed",
            "periodic",
            "worker",
            "outcome",
            "exchange",
            "onComplete",
            "cancel");

    private final List<Scheduler> lent = new CopyOnWriteArrayList<>();

    @AfterEach
    void endTheThreads() {
        lent.forEach(Scheduler::dispose);
    }

    private static PluginJar noting() {
        return JarKit.plugin("test.Noting")
                .source("test.Noting", """
                        public class Noting implements ServicePlugin {
                            public Noting() { say("made"); }
                            static void say(String what) {
                                note(what + " " + (Thread.currentThread().getContextClassLoader() == Noting.class.getClassLoader()));
                                // Nobody else is to see this one.
                                Thread.currentThread().setContextClassLoader(new ClassLoader(Noting.class.getClassLoader()) {});
                                Thread.currentThread().setContextClassLoader(Noting.class.getClassLoader());
                            }
                            public Flux<OutputCommand> handle(Flux<IngressEvent> events, ServiceContext context) {
                                say("handle");
                                context.scheduler().schedule(() -> say("scheduled"));
                                context.scheduler().schedule(() -> say("delayed"), 1, TimeUnit.MILLISECONDS);
                                context.scheduler().schedulePeriodically(() -> say("periodic"), 1, 1, TimeUnit.MILLISECONDS);
                                context.scheduler().createWorker().schedule(() -> say("worker"));
                                context.outcomes().subscribe(outcome -> say("outcome"));
                                context.exchange("nowhere").subscribe(never -> {}, refused -> say("exchange"));
                                Flux<OutputCommand> answers = events.doOnSubscribe(begun -> say("onSubscribe"))
                                        .doOnNext(event -> say("onNext"))
                                        .doOnComplete(() -> say("onComplete"))
                                        .ofType(IngressEvent.Opened.class)
                                        .map(opened -> opened.send("hello"));
                                return Flux.defer(() -> { say("subscribe"); return Flux.merge(answers, Flux.<OutputCommand>never()); })
                                        .doOnRequest(more -> say("request"))
                                        .doOnCancel(() -> say("cancel"));
                            }
                            %s
                        }
                        """.formatted(JarHost.NOTES))
                .jar();
    }

    private Scheduler lend(String name) {
        Scheduler made = Schedulers.newSingle("lent-" + name, true);
        lent.add(made);
        return made;
    }

    private static ClassLoader loaderOf(Scheduler scheduler) {
        return Mono.fromCallable(() -> Thread.currentThread().getContextClassLoader())
                .subscribeOn(scheduler)
                .block(JarHost.SOON);
    }

    private static void untilAllIsSaid(JarHost host, int from, int to) {
        CALLS.subList(from, to)
                .forEach(call -> host.until(() ->
                        host.notes.stream().anyMatch(note -> note.toString().startsWith(call + " "))));
    }

    @Test
    void is_that_of_all_plugin_code() {
        try (JarHost host = new JarHost(noting())) {
            host.driver.onDial(InMemoryPeer::accept);
            host.start();
            untilAllIsSaid(host, 0, CALLS.size() - 2);
            host.stop();
            untilAllIsSaid(host, CALLS.size() - 2, CALLS.size());

            assertThat(host.notes.stream().map(Object::toString).collect(Collectors.toSet()))
                    .containsExactlyInAnyOrderElementsOf(
                            CALLS.stream().map(call -> call + " true").toList());
        }
    }

    @Test
    void is_that_of_no_thread_afterwards_also_where_plugin_code_had_it_made() {
        PluginJar jar = noting();
        JarHost host = new JarHost(jar, JarKit.grants(jar), builder -> builder.schedulers(lend("timer"), this::lend));
        try (host) {
            host.driver.onDial(InMemoryPeer::accept);
            host.start();
            untilAllIsSaid(host, 0, CALLS.size() - 2);

            assertThat(lent).as("timer, worker, exchanges").hasSize(3);
            // The one of exchanges was made by the plugin's call.
            assertThat(lent).extracting(ContextLoaderTest::loaderOf).containsOnly(HostLoader.get());
        }
        assertThat(lent).extracting(ContextLoaderTest::loaderOf).containsOnly(HostLoader.get());
    }

    @Test
    void is_the_hosts_where_plugin_code_makes_the_host_dial() {
        Queue<ClassLoader> dialling = new ConcurrentLinkedQueue<>();
        PluginJar jar = noting();
        JarHost host = new JarHost(jar, JarKit.grants(jar), builder -> builder.driver(noting(dialling)));
        try (host) {
            host.start().until(() -> !dialling.isEmpty());

            assertThat(dialling).containsOnly(HostLoader.get());
        }
    }

    private static ConnectionDriver noting(Queue<ClassLoader> dialling) {
        return (spec, handler) -> Mono.<Void>never()
                .doOnSubscribe(dialled -> dialling.add(Thread.currentThread().getContextClassLoader()));
    }

    @Test
    void a_lent_scheduler_is_not_the_plugins_to_end() {
        PluginJar jar = JarKit.plugin("test.Ending")
                .source("test.Ending", """
                        public class Ending implements ServicePlugin {
                            public Flux<OutputCommand> handle(Flux<IngressEvent> events, ServiceContext context) {
                                context.scheduler().dispose();
                                context.scheduler().disposeGracefully().subscribe();
                                note("disposed " + context.scheduler().isDisposed());
                                context.scheduler().schedule(() -> note("still runs"));
                                return events.thenMany(Flux.empty());
                            }
                            %s
                        }
                        """.formatted(JarHost.NOTES))
                .jar();
        JarHost host = new JarHost(jar, JarKit.grants(jar), builder -> builder.schedulers(lend("timer"), this::lend));
        try (host) {
            host.start().untilNoted("still runs");
            assertThat(host.notes).contains("disposed false");
        }
        assertThat(lent).noneMatch(Scheduler::isDisposed);
        assertThat(Mono.delay(Duration.ofMillis(1), lent.get(1)).block(JarHost.SOON))
                .isZero();
    }
}
