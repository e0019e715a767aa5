package io.headgate.samples.webflux;

import io.headgate.plugin.CommandOutcome;
import io.headgate.plugin.OutputCommand;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;
import reactor.core.publisher.Sinks;

/**
 * Where the calls of one incarnation are taken, and each is told what became of it. A place is taken until the host has decided, not
 * until the caller has gone: so what the plugin holds is bounded, whatever callers do. Safe for any thread.
 */
final class Desk {

    private final String prefix;
    private final int places;
    private final Sinks.Empty<Void> done = Sinks.empty();
    // All guarded by this.
    private final Map<String, Call> undecided = new HashMap<>();
    private @Nullable FluxSink<OutputCommand> plugin;
    private boolean shut;
    private long taken;

    Desk(String prefix, int places) {
        this.prefix = prefix;
        this.places = places;
    }

    /** The commands. They complete when the desk is shut and every call has been told. */
    Flux<OutputCommand> commands() {
        // Its buffer holds no more than there are places.
        return Flux.<OutputCommand>create(this::open).takeUntilOther(done.asMono());
    }

    private synchronized void open(FluxSink<OutputCommand> sink) {
        plugin = sink;
    }

    /** Takes a call and issues its command, or says why not. */
    @Nullable
    Problem take(Call call, Message message) {
        FluxSink<OutputCommand> sink;
        String id;
        synchronized (this) {
            sink = plugin;
            if (shut || sink == null) {
                return Problem.notRunning();
            }
            if (undecided.size() == places) {
                return Problem.tooManyCalls(places);
            }
            id = prefix + ++taken;
            undecided.put(id, call);
        }
        sink.next(OutputCommand.sendText(message.connection(), message.text()).withId(id));
        return null;
    }

    /** Tells the callers. Emits nothing, and completes with the commands. */
    Flux<OutputCommand> answered(Flux<CommandOutcome> outcomes) {
        return outcomes.doOnNext(this::decided).takeUntilOther(done.asMono()).thenMany(Flux.empty());
    }

    private void decided(CommandOutcome outcome) {
        Call call;
        synchronized (this) {
            call = undecided.remove(outcome.commandId());
        }
        if (call != null) {
            call.decided(outcome);
        }
        completeWhenDone();
    }

    /** Takes no further call. */
    void shut() {
        synchronized (this) {
            shut = true;
        }
        completeWhenDone();
    }

    private void completeWhenDone() {
        boolean last;
        synchronized (this) {
            last = shut && undecided.isEmpty();
        }
        if (last) {
            // A further one finds it complete.
            done.tryEmitEmpty();
        }
    }

    /** The incarnation is over: who is still here will not be told. */
    void end() {
        List<Call> left;
        synchronized (this) {
            shut = true;
            left = List.copyOf(undecided.values());
            undecided.clear();
        }
        left.forEach(Call::ended);
    }

    synchronized int undecided() {
        return undecided.size();
    }
}
