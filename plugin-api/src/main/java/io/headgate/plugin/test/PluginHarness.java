package io.headgate.plugin.test;

import io.headgate.plugin.CommandOutcome;
import io.headgate.plugin.EventHandler;
import io.headgate.plugin.EventId;
import io.headgate.plugin.FailureKind;
import io.headgate.plugin.Health;
import io.headgate.plugin.IngressEvent;
import io.headgate.plugin.Initiator;
import io.headgate.plugin.OutputCommand;
import io.headgate.plugin.ServicePlugin;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import reactor.core.publisher.Flux;
import reactor.test.scheduler.VirtualTimeScheduler;

/**
 * Runs a plugin in virtual time with no host: the test scripts events and asserts the commands that answer them.
 *
 * <pre>{@code
 * try (PluginHarness harness = PluginHarness.of(new Greeter())) {
 *     harness.opened("gateway").text("gateway", "hello").expectSend("gateway", "hello yourself");
 *     harness.advance(Duration.ofSeconds(30)).expectSend("gateway", "still there?").expectNothing();
 * }
 * }</pre>
 *
 * <p>A {@link Peer} in place of scripted events plays the far end of a connection by its protocol's rules, and an hour of it takes
 * milliseconds: {@link #play}.
 *
 * <p>The harness numbers the events and stamps them with its clock, which starts at 1970-01-01T00:00Z and moves only with
 * {@link #advance}. It is the {@code scheduler()} of the plugin's context; no global scheduler is replaced. As on the
 * host, an event waits until the plugin asks for it, and at most 256 commands are asked for that the test has not yet
 * expected. Everything runs on the test's thread, which is the only one that may call the harness. What a test has
 * scripted wrongly is an {@link IllegalStateException}; what the plugin did wrongly is an {@link AssertionError}.
 */
public final class PluginHarness implements AutoCloseable {

    private final VirtualTimeScheduler clock = VirtualTimeScheduler.create();
    private final Script script = new Script();
    private final HarnessContext context;
    private final Decisions decisions;
    private final PlayedConnections played;
    private final CommandRecorder commands;

    private PluginHarness(Map<String, String> settings) {
        context = new HarnessContext(settings, new SharedScheduler(clock));
        decisions = new Decisions(script, context, clock);
        played = new PlayedConnections(script, decisions, clock, () -> commandDecided());
        commands = new CommandRecorder(played::take);
    }

    private void commandDecided() {
        commands.decided();
    }

    /**
     * Starts a service without settings.
     *
     * @param plugin the service
     * @return the harness, which has called {@code handle} and subscribed to its commands
     */
    public static PluginHarness of(ServicePlugin plugin) {
        return of(plugin, Map.of());
    }

    /**
     * Starts a handler of single events.
     *
     * @param handler the handler, adapted by {@link ServicePlugin#perEvent}
     * @return the harness
     */
    public static PluginHarness of(EventHandler handler) {
        return of(ServicePlugin.perEvent(handler));
    }

    /**
     * Starts a service.
     *
     * @param plugin the service
     * @param settings what its context's {@code settings()} answers
     * @return the harness, which has called {@code handle} and subscribed to its commands
     */
    public static PluginHarness of(ServicePlugin plugin, Map<String, String> settings) {
        PluginHarness harness = new PluginHarness(settings);
        Flux.defer(() -> plugin.handle(harness.script.events(), harness.context))
                .subscribe(harness.commands);
        return harness;
    }

    /**
     * A session opens, without a subprotocol.
     *
     * @param connection the connection's name; must not be open
     * @return this
     */
    public PluginHarness opened(String connection) {
        return opened(connection, "");
    }

    /**
     * A session opens: the connection's next epoch.
     *
     * @param connection the connection's name; must not be open
     * @param subprotocol what the peer chose, empty for none
     * @return this
     */
    public PluginHarness opened(String connection, String subprotocol) {
        EventId id = script.open(connection);
        return event(new IngressEvent.Opened(connection, id.epoch(), id.sequence(), now(), subprotocol));
    }

    /**
     * A text arrives.
     *
     * @param connection the connection's name; must be open
     * @param text the message
     * @return this
     */
    public PluginHarness text(String connection, String text) {
        EventId id = script.whileOpen(connection);
        return event(IngressEvents.text(id, now(), text));
    }

    /**
     * A session ends: by the peer's Close frame, or with code 1006 by nobody's.
     *
     * @param connection the connection's name; must be open
     * @param code the close code
     * @param reason the close reason, empty for none
     * @return this
     */
    public PluginHarness closed(String connection, int code, String reason) {
        EventId id = script.endOpen(connection);
        Initiator initiator = code == 1006 ? Initiator.NOBODY : Initiator.PEER;
        return event(new IngressEvent.Closed(connection, id.epoch(), id.sequence(), now(), code, reason, initiator));
    }

    /**
     * A dial fails; or, where the connection is open, its session breaks.
     *
     * @param connection the connection's name
     * @param kind where it failed
     * @param message what happened
     * @return this
     */
    public PluginHarness failed(String connection, FailureKind kind, String message) {
        EventId id = script.end(connection);
        return event(new IngressEvent.Failed(connection, id.epoch(), id.sequence(), now(), kind, message));
    }

    /**
     * The host says when it will dial again.
     *
     * @param connection the connection's name
     * @param attempt the attempt that is coming, from 1
     * @param delay how long until then; the harness does not open the connection by itself
     * @return this
     */
    public PluginHarness retrying(String connection, int attempt, Duration delay) {
        EventId id = script.next(connection);
        long at = now() + delay.toMillis();
        return event(new IngressEvent.Retrying(connection, id.epoch(), id.sequence(), now(), attempt, at));
    }

    /**
     * The host will not dial again by itself.
     *
     * @param connection the connection's name
     * @param why the reason
     * @return this
     */
    public PluginHarness reconnectNeeded(String connection, String why) {
        EventId id = script.next(connection);
        return event(new IngressEvent.ReconnectNeeded(connection, id.epoch(), id.sequence(), now(), why));
    }

    /**
     * Texts are missing, all of them received now. They take their sequence numbers.
     *
     * @param connection the connection's name
     * @param count how many, from 1
     * @return this
     */
    public PluginHarness gap(String connection, long count) {
        EventId id = script.skip(connection, count);
        return event(new IngressEvent.Gap(connection, id.epoch(), id.sequence(), count, now(), now()));
    }

    /**
     * Any event, as it is: kinds without a method here, later kinds, odd numbers. The harness's numbering ignores it.
     *
     * @param event the event
     * @return this
     */
    public PluginHarness event(IngressEvent event) {
        failIfBroken();
        if (played.isEmpty()) {
            script.emit(event);
        } else {
            played.run(() -> script.emit(event));
            failIfBroken();
        }
        return this;
    }

    /**
     * The host decides a command. The plugin sees the outcome and, as on the host, a
     * {@link IngressEvent.CommandRefused} or {@link IngressEvent.CommandFailed} where it is a bad one, and a
     * {@link IngressEvent.CommandSent} where a text was sent that asks to be confirmed.
     *
     * @param command the command, in most tests one that {@link #expectCommand(Class)} answered; where it leaves its id to
     *     the host it gets {@code host-1}, {@code host-2} and so on
     * @param result what became of it
     * @param rule the rule that refused it; empty where none did
     * @return this
     */
    public PluginHarness outcome(OutputCommand command, CommandOutcome.Result result, String rule) {
        failIfBroken();
        decisions.tell(command, result, rule);
        return this;
    }

    /**
     * Puts a peer behind a connection: from now on it is the peer's, and what a host does is done by itself. It is opened at once, and
     * again after each end of a session, as {@code reconnect.policy: backoff} does it, without jitter: after 1 s, 2 s, 4 s and so on up to
     * 60 s, from the start again behind a session that lasted 60 s. Commands for it are decided and are not to be expected: a text is
     * {@code SENT} and reaches the peer; one for a session that is over is refused as {@code stale-epoch} or {@code session-not-open}.
     * What a grant would refuse, and limits, are not played.
     *
     * @param connection the connection's name, which has no peer yet and is not open
     * @param peer the peer
     * @return this
     */
    public PluginHarness play(String connection, Peer peer) {
        return play(connection, peer, true);
    }

    /**
     * As {@link #play}, but it is the plugin that has to have it opened, as where it is declared by a pattern or with
     * {@code reconnect.policy: manual}: the plugin is told {@code ReconnectNeeded} now and after each end of a session, and answers with
     * {@code Reconnect} or {@code Open}.
     *
     * @param connection the connection's name, which has no peer yet and is not open
     * @param peer the peer
     * @return this
     */
    public PluginHarness playWhenAsked(String connection, Peer peer) {
        return play(connection, peer, false);
    }

    private PluginHarness play(String connection, Peer peer, boolean dialledByHost) {
        failIfBroken();
        played.play(connection, peer, dialledByHost);
        failIfBroken();
        return this;
    }

    /**
     * Scripts the far end of the next exchange that the plugin opens on a connection. What it is to answer may be scripted before
     * the plugin asks; a plugin that blocks until the answer is there needs that. An exchange that no test scripted is refused.
     *
     * @param connection the connection's name
     * @return the far end
     */
    public ScriptedExchange exchange(String connection) {
        return context.exchanges().script(connection);
    }

    /**
     * Moves the clock and runs what falls due, in order.
     *
     * @param time how far, from zero
     * @return this
     */
    public PluginHarness advance(Duration time) {
        clock.advanceTimeBy(time);
        failIfBroken();
        return this;
    }

    /**
     * The host stops the service: events and outcomes complete. Events that still wait are delivered first.
     *
     * @return this
     */
    public PluginHarness complete() {
        context.exchanges().openNoMore();
        played.stop();
        script.complete();
        context.complete();
        return this;
    }

    /**
     * Expects the next command to be a text, on whichever session.
     *
     * @param connection the connection's name
     * @param text the whole text
     * @return this
     */
    public PluginHarness expectSend(String connection, String text) {
        failIfBroken();
        boolean matches = commands.peek() instanceof OutputCommand.SendText send
                && send.connection().equals(connection)
                && send.text().equals(text);
        return took(matches, Wording.send(connection, text));
    }

    /**
     * Expects the next command to be a text, on whichever session.
     *
     * @param connection the connection's name
     * @return the text, for whatever else is to be asserted of it
     */
    public String expectSend(String connection) {
        failIfBroken();
        OutputCommand next = commands.peek();
        boolean matches =
                next instanceof OutputCommand.SendText send && send.connection().equals(connection);
        took(matches, "a text to " + connection);
        return ((OutputCommand.SendText) Objects.requireNonNull(next)).text();
    }

    /**
     * Expects the next command to be a {@code Close}, on whichever session.
     *
     * @param connection the connection's name
     * @param code the close code
     * @return this
     */
    public PluginHarness expectClose(String connection, int code) {
        failIfBroken();
        boolean matches = commands.peek() instanceof OutputCommand.Close close
                && close.connection().equals(connection)
                && close.code() == code;
        return took(matches, "close " + connection + " with " + code);
    }

    /**
     * Expects the next command to be a {@code Reconnect}.
     *
     * @param connection the connection's name
     * @return this
     */
    public PluginHarness expectReconnect(String connection) {
        failIfBroken();
        boolean matches = commands.peek() instanceof OutputCommand.Reconnect reconnect
                && reconnect.connection().equals(connection);
        return took(matches, "reconnect " + connection);
    }

    /**
     * Expects the next command to be an {@code Open}.
     *
     * @param connection the connection's name
     * @param uri the URI
     * @return this
     */
    public PluginHarness expectOpen(String connection, String uri) {
        failIfBroken();
        boolean matches = commands.peek() instanceof OutputCommand.Open open
                && open.connection().equals(connection)
                && open.uri().equals(uri);
        return took(matches, "open " + connection + " at " + uri);
    }

    /**
     * Expects the next command to be a {@code ReportStatus}.
     *
     * @param health what the plugin says of itself
     * @return this
     */
    public PluginHarness expectReport(Health health) {
        failIfBroken();
        boolean matches = commands.peek() instanceof OutputCommand.ReportStatus report && report.health() == health;
        return took(matches, "report " + health);
    }

    /**
     * Expects the next command to equal this one, id and epoch included.
     *
     * @param expected the command
     * @return this
     */
    public PluginHarness expectCommand(OutputCommand expected) {
        failIfBroken();
        return took(expected.equals(commands.peek()), Wording.of(expected));
    }

    /**
     * Expects the next command to be of a kind.
     *
     * @param kind the kind
     * @param <T> the kind
     * @return the command
     */
    public <T extends OutputCommand> T expectCommand(Class<T> kind) {
        failIfBroken();
        OutputCommand next = commands.peek();
        took(kind.isInstance(next), "a " + kind.getSimpleName());
        return kind.cast(Objects.requireNonNull(next));
    }

    /**
     * Expects that every command so far was expected.
     *
     * @return this
     */
    public PluginHarness expectNothing() {
        failIfBroken();
        if (commands.peek() != null) {
            throw commands.mismatch("no further command");
        }
        return this;
    }

    /**
     * Expects that the service's output has completed.
     *
     * @return this
     */
    public PluginHarness expectFinished() {
        failIfBroken();
        if (!commands.completed()) {
            throw commands.mismatch("the end of the plugin's output");
        }
        return this;
    }

    /**
     * Expects that the service's output has failed, which ends an incarnation; also where {@code handle} threw.
     *
     * @param kind the kind of error
     * @param <T> the kind of error
     * @return the error
     */
    public <T extends Throwable> T expectError(Class<T> kind) {
        Throwable failure = commands.failure();
        if (!kind.isInstance(failure)) {
            throw failure == null ? commands.mismatch("a " + kind.getSimpleName()) : outputFailed(failure);
        }
        commands.takeFailure();
        return kind.cast(Objects.requireNonNull(failure));
    }

    /**
     * All commands so far, expected or not.
     *
     * @return a copy
     */
    public List<OutputCommand> commands() {
        return commands.seen();
    }

    /**
     * How many scripted events the plugin has not asked for yet.
     *
     * @return from 0 to 1024
     */
    public int waiting() {
        return script.waiting();
    }

    /**
     * What the plugin reported as failed events, which {@link #close} then lets pass.
     *
     * @return all so far, in order
     */
    public List<ReportedFailure> reportedFailures() {
        return context.failures();
    }

    /**
     * Cancels the service and its timers.
     *
     * @throws AssertionError where its output failed, or it reported a failure, and the test has not looked
     */
    @Override
    public void close() {
        commands.cancel();
        context.exchanges().end();
        clock.dispose();
        failIfBroken();
        List<ReportedFailure> unseen = context.unseenFailures();
        if (!unseen.isEmpty()) {
            ReportedFailure first = unseen.get(0);
            throw new AssertionError(
                    "the plugin reported that it could not handle " + first.event() + ": " + first.error(),
                    first.error());
        }
    }

    private PluginHarness took(boolean matches, String wanted) {
        if (!matches) {
            throw commands.mismatch(wanted);
        }
        commands.take();
        return this;
    }

    private void failIfBroken() {
        played.failIfBroken();
        Throwable failure = commands.failure();
        if (failure != null) {
            throw outputFailed(failure);
        }
    }

    private static AssertionError outputFailed(Throwable failure) {
        return new AssertionError("the plugin's output failed, which ends its incarnation: " + failure, failure);
    }

    private long now() {
        return clock.now(TimeUnit.MILLISECONDS);
    }
}
