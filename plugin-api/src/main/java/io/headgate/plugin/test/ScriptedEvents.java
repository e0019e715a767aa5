package io.headgate.plugin.test;

import io.headgate.plugin.CommandOutcome;
import io.headgate.plugin.EventId;
import io.headgate.plugin.FailureKind;
import io.headgate.plugin.IngressEvent;
import io.headgate.plugin.Initiator;
import io.headgate.plugin.OutputCommand;
import java.time.Duration;

/**
 * The part of {@link PluginHarness} that says what happens to the plugin, event by event. By itself for its length, as {@link
 * ExpectedCommands} is.
 */
abstract class ScriptedEvents extends ExpectedCommands {

    private final Rig rig;

    ScriptedEvents(Rig rig) {
        super(rig);
        this.rig = rig;
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
        EventId id = rig.script().open(connection);
        return event(new IngressEvent.Opened(connection, id.epoch(), id.sequence(), rig.now(), subprotocol));
    }

    /**
     * A text arrives.
     *
     * @param connection the connection's name; must be open
     * @param text the message
     * @return this
     */
    public PluginHarness text(String connection, String text) {
        EventId id = rig.script().whileOpen(connection);
        return event(IngressEvents.text(id, rig.now(), text));
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
        EventId id = rig.script().endOpen(connection);
        Initiator initiator = code == 1006 ? Initiator.NOBODY : Initiator.PEER;
        return event(
                new IngressEvent.Closed(connection, id.epoch(), id.sequence(), rig.now(), code, reason, initiator));
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
        EventId id = rig.script().end(connection);
        return event(new IngressEvent.Failed(connection, id.epoch(), id.sequence(), rig.now(), kind, message));
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
        EventId id = rig.script().next(connection);
        long at = rig.now() + delay.toMillis();
        return event(new IngressEvent.Retrying(connection, id.epoch(), id.sequence(), rig.now(), attempt, at));
    }

    /**
     * The host will not dial again by itself.
     *
     * @param connection the connection's name
     * @param why the reason
     * @return this
     */
    public PluginHarness reconnectNeeded(String connection, String why) {
        EventId id = rig.script().next(connection);
        return event(new IngressEvent.ReconnectNeeded(connection, id.epoch(), id.sequence(), rig.now(), why));
    }

    /**
     * Texts are missing, all of them received now. They take their sequence numbers.
     *
     * @param connection the connection's name
     * @param count how many, from 1
     * @return this
     */
    public PluginHarness gap(String connection, long count) {
        EventId id = rig.script().skip(connection, count);
        return event(new IngressEvent.Gap(connection, id.epoch(), id.sequence(), count, rig.now(), rig.now()));
    }

    /**
     * Any event, as it is: kinds without a method here, later kinds, odd numbers. The harness's numbering ignores it.
     *
     * @param event the event
     * @return this
     */
    public PluginHarness event(IngressEvent event) {
        rig.failIfBroken();
        if (rig.played().isEmpty()) {
            rig.script().emit(event);
        } else {
            rig.played().run(() -> rig.script().emit(event));
            rig.failIfBroken();
        }
        return self();
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
        rig.failIfBroken();
        rig.decisions().tell(command, result, rule);
        return self();
    }
}
