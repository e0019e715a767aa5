package io.headgate.plugin.test;

import io.headgate.plugin.ServicePlugin;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import reactor.core.publisher.Flux;
import reactor.test.scheduler.VirtualTimeScheduler;

/** What a plugin under test is put into: a clock, its events, its commands, and what stands for the host between them. */
final class Rig {

    private final VirtualTimeScheduler clock = VirtualTimeScheduler.create();
    private final Script script = new Script();
    private final HarnessContext context;
    private final Decisions decisions;
    private final PlayedConnections played;
    private final CommandRecorder commands;

    Rig(Map<String, String> settings) {
        context = new HarnessContext(settings, new SharedScheduler(clock));
        decisions = new Decisions(script, context, clock);
        played = new PlayedConnections(script, decisions, clock, () -> commandDecided());
        commands = new CommandRecorder(played::take);
    }

    private void commandDecided() {
        commands.decided();
    }

    void start(ServicePlugin plugin) {
        Flux.defer(() -> plugin.handle(script.events(), context)).subscribe(commands);
    }

    VirtualTimeScheduler clock() {
        return clock;
    }

    Script script() {
        return script;
    }

    HarnessContext context() {
        return context;
    }

    Decisions decisions() {
        return decisions;
    }

    PlayedConnections played() {
        return played;
    }

    CommandRecorder commands() {
        return commands;
    }

    long now() {
        return clock.now(TimeUnit.MILLISECONDS);
    }

    /** What went wrong meanwhile is the test's failure at its next call. */
    void failIfBroken() {
        played.failIfBroken();
        Throwable failure = commands.failure();
        if (failure != null) {
            throw outputFailed(failure);
        }
    }

    static AssertionError outputFailed(Throwable failure) {
        return new AssertionError("the plugin's output failed, which ends its incarnation: " + failure, failure);
    }
}
