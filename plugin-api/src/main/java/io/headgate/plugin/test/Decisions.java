package io.headgate.plugin.test;

import io.headgate.plugin.CommandOutcome;
import io.headgate.plugin.EventId;
import io.headgate.plugin.IngressEvent;
import io.headgate.plugin.OutputCommand;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import reactor.core.scheduler.Scheduler;

/** Tells the plugin what became of its commands, as the host does. Only accessed by the test's thread. */
final class Decisions {

    private final Script script;
    private final HarnessContext context;
    private final Scheduler clock;
    private long hostIds;

    Decisions(Script script, HarnessContext context, Scheduler clock) {
        this.script = script;
        this.context = context;
        this.clock = clock;
    }

    void tell(OutputCommand command, CommandOutcome.Result result, String rule) {
        String id = command.id().isEmpty() ? "#" + ++hostIds : command.id();
        context.decided(
                new CommandOutcome(id, command.connection(), command.epoch(), now(), result, rule, "as scripted"));
        switch (result) {
            case SENT -> {
                if (command instanceof OutputCommand.SendText send && send.confirm()) {
                    told(command, at -> IngressEvents.sent(at, now(), id));
                }
            }
            case DONE -> {}
            case DENIED, REJECTED -> told(command, at -> IngressEvents.refused(at, now(), id, rule));
            case FAILED -> told(command, at -> IngressEvents.failed(at, now(), id));
        }
    }

    private void told(OutputCommand command, Function<EventId, IngressEvent> event) {
        if (!command.connection().isEmpty()) {
            script.emit(event.apply(script.next(command.connection())));
        }
    }

    private long now() {
        return clock.now(TimeUnit.MILLISECONDS);
    }
}
