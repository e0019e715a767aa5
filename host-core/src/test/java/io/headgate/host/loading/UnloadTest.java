package io.headgate.host.loading;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.diagnostics.ConnectionState;
import io.headgate.host.diagnostics.Diagnostic;
import io.headgate.host.diagnostics.ServiceState;
import io.headgate.host.loading.PluginUnload.State;
import io.headgate.host.service.StopReport;
import io.headgate.host.transport.test.InMemoryPeer;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** What becomes of a plugin's code after the stop: invariant 7, for class loaders. The host is held all the while. */
@Timeout(180)
final class UnloadTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** Long enough for a collection or two, where nothing is to be collected. */
    private static final Duration IN_VAIN = Duration.ofMillis(300);

    private static PluginJar plugin(String handle) {
        return JarKit.plugin("test.Bridge")
                .source("test.Bridge", """
                        public class Bridge implements ServicePlugin {
                            static final ThreadLocal<Object> LOCAL = new ThreadLocal<>();
                            static class Broken extends LinkageError {}
                            static class Failed extends RuntimeException {}
                            static void await(CountDownLatch released) {
                                while (released.getCount() > 0) {
                                    try { released.await(); } catch (InterruptedException deaf) { }
                                }
                            }
                            public Flux<OutputCommand> handle(Flux<IngressEvent> events, ServiceContext context) {
                                note(new java.lang.ref.WeakReference<Object>(Bridge.class.getClassLoader()));
                                %s
                            }
                            %s
                        }
                        """.formatted(handle, JarHost.NOTES))
                .jar();
    }

    private static WeakReference<?> loader(JarHost host) {
        host.until(() -> host.notes.stream().anyMatch(WeakReference.class::isInstance));
        return host.notes.stream()
                .filter(WeakReference.class::isInstance)
                .map(WeakReference.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private static void assertCollected(JarHost host) {
        PluginUnload unload = host.unload(PATIENCE);
        assertThat(unload.state()).as(unload.described()).isEqualTo(State.COLLECTED);
        assertThat(unload.heldBy()).isEmpty();
    }

    @Test
    @DisplayName("invariant 7: the loader is collected after the stop, whatever the plugin did with the host")
    void a_plugin_that_used_everything_is_collected() {
        PluginJar jar = plugin("""
                context.outcomes().subscribe(outcome -> note("outcome"));
                context.scheduler().schedulePeriodically(() -> note("periodic"), 1, 1, TimeUnit.MILLISECONDS);
                context.scheduler().schedule(() -> { throw new IllegalStateException("never"); }, 1, TimeUnit.DAYS);
                context.exchange("nowhere").subscribe(never -> {}, refused -> note("exchange refused"));
                context.exchange("chat").subscribe(socket -> { note("exchange"); socket.recv(Duration.ofDays(1)).subscribe(); });
                Flux<OutputCommand> answers = events.concatMap(event -> {
                    if (event instanceof IngressEvent.Text text && text.text().equals("break")) { throw new Broken(); }
                    if (event instanceof IngressEvent.Text text && text.text().equals("fail")) { return Flux.error(new Failed()); }
                    if (event instanceof IngressEvent.Text text) { context.reportFailure(event, new Failed()); note(text.text()); return Flux.just(text.reply("hi")); }
                    return Flux.empty();
                }, 1);
                return Flux.merge(answers, Flux.<OutputCommand>never());
                """.replace("Duration.", "java.time.Duration."));
        try (JarHost host = new JarHost(jar)) {
            host.driver.onDial(InMemoryPeer::accept);
            host.start().untilNoted("exchange").untilNoted("exchange refused");
            WeakReference<?> loader = loader(host);
            // The exchange was dialled first, before the plugin subscribed to its events.
            host.until(() -> host.driver.dials().size() == 2 && host.connection() == ConnectionState.OPEN);
            InMemoryPeer chat = host.driver.dial(2).text("first");
            host.untilNoted("first").untilNoted("outcome");
            chat.text("break").text("second");
            host.untilNoted("second");
            chat.text("fail").text("third");
            host.untilNoted("third");
            assertThat(host.life().restarts()).isEqualTo(2);
            assertThat(host.unload(PATIENCE).state()).isEqualTo(State.LOADED);
            StopReport stop = host.stop();

            assertThat(stop.retained()).isEmpty();
            assertThat(stop.zombies()).isEmpty();
            assertCollected(host);
            assertThat(loader.get()).isNull();
            assertThat(host.told(Diagnostic.PluginRetained.class)).isEmpty();
        }
    }

    @Test
    void a_plugin_whose_last_incarnation_broke_is_collected() {
        try (JarHost host = new JarHost(plugin("return events.map(event -> { throw new Broken(); });"))) {
            host.driver.onDial(
                    peer -> peer.accept().text("1").text("2").text("3").text("4"));
            host.start().until(ServiceState.FAILED);
            assertThat(host.life().lastFailure()).contains("test.Bridge$Broken");
            WeakReference<?> loader = loader(host);
            host.stop();

            assertCollected(host);
            assertThat(loader.get()).isNull();
        }
    }

    @Test
    void a_plugin_that_never_ran_is_collected() {
        try (JarHost host = new JarHost(plugin("return Flux.empty();"))) {
            host.stop();
            assertCollected(host);
        }
    }

    @Test
    void a_thread_that_a_plugin_left_behind_is_named() {
        CountDownLatch released = new CountDownLatch(1);
        JarHost.give(released);
        PluginJar jar = plugin("""
                Thread left = new Thread(() -> { note("left"); await(given()); }, "left-behind");
                left.setDaemon(true);
                left.start();
                return events.thenMany(Flux.empty());
                """);
        try (JarHost host = new JarHost(jar)) {
            host.start().untilNoted("left");
            StopReport stop = host.stop();

            String held = "thread left-behind runs test.Bridge.";
            assertThat(stop.retained()).singleElement().asString().startsWith("test.plugin: " + held);
            assertThat(host.told(Diagnostic.PluginRetained.class))
                    .singleElement()
                    .satisfies(told ->
                            assertThat(told.message()).startsWith("the plugin's code is still in memory: " + held));
            PluginUnload unload = host.unload(IN_VAIN);
            assertThat(unload.state()).isEqualTo(State.RETAINED);
            assertThat(unload.heldBy()).singleElement().asString().startsWith(held);
            released.countDown();
            assertCollected(host);
        }
    }

    @Test
    void an_idle_thread_that_a_plugin_left_behind_is_named() {
        JarHost.give(new CountDownLatch(1));
        PluginJar jar = plugin("""
                ExecutorService left = Executors.newSingleThreadExecutor(task -> {
                    Thread thread = new Thread(task, "left-idle");
                    thread.setDaemon(true);
                    return thread;
                });
                left.execute(() -> note(left));
                return events.thenMany(Flux.empty());
                """);
        try (JarHost host = new JarHost(jar)) {
            host.start().until(() -> host.notes.stream().anyMatch(ExecutorService.class::isInstance));
            host.stop();

            assertThat(host.unload(IN_VAIN).heldBy())
                    .containsExactly("thread left-idle has its class loader as context class loader");
            host.notes.stream()
                    .filter(ExecutorService.class::isInstance)
                    .map(ExecutorService.class::cast)
                    .forEach(ExecutorService::shutdown);
            host.notes.clear();
            assertCollected(host);
        }
    }

    @Test
    void a_thread_local_on_a_thread_of_the_hosts_is_told_as_retained() {
        Scheduler worker = Schedulers.newSingle("lent-worker", true);
        PluginJar jar = plugin("LOCAL.set(new Failed()); return events.thenMany(Flux.empty());");
        JarHost host = new JarHost(
                jar, JarKit.grants(jar), builder -> builder.schedulers(Schedulers.parallel(), name -> worker));
        try (host) {
            host.start().until(ServiceState.RUNNING);
            assertThat(host.stop().retained()).as("no thread shows it").isEmpty();

            PluginUnload unload = host.unload(IN_VAIN);
            assertThat(unload.state()).isEqualTo(State.RETAINED);
            assertThat(unload.heldBy()).isEmpty();
            assertThat(host.told(Diagnostic.PluginRetained.class))
                    .singleElement()
                    .satisfies(told -> assertThat(told.message()).contains("a thread local or a static field"));
            worker.dispose();
            assertCollected(host);
        } finally {
            worker.dispose();
        }
    }

    @Test
    @DisplayName("invariant 7: a zombie's code is reported as retained, and goes when the zombie does")
    void a_zombie_is_named() {
        CountDownLatch released = new CountDownLatch(1);
        JarHost.give(released);
        PluginJar jar = plugin("note(\"blocked\"); await(given()); return Flux.empty();");
        try (JarHost host = new JarHost(jar)) {
            host.start().untilNoted("blocked");
            StopReport stop = host.stop();

            assertThat(stop.zombies()).containsExactly("test.plugin/bridge");
            assertThat(stop.retained())
                    .containsExactly("test.plugin: thread headgate-test.plugin/bridge runs test.Bridge.await");
            assertThat(host.unload(IN_VAIN).state()).isEqualTo(State.RETAINED);
            released.countDown();
            assertCollected(host);
        }
    }

    @Test
    void a_thread_of_reactors_that_a_plugin_had_made_holds_nothing() {
        PluginJar jar = plugin("""
                Schedulers.newParallel("made-by-plugin", 1, true).schedule(() -> note("made"));
                return events.thenMany(Flux.empty());
                """.replace("Schedulers", "reactor.core.scheduler.Schedulers"));
        try (JarHost host = new JarHost(jar)) {
            host.start().untilNoted("made");

            assertThat(host.stop().retained()).isEmpty();
            assertCollected(host);
        }
    }
}
