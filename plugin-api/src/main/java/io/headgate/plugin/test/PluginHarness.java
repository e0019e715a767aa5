package io.headgate.plugin.test;

import io.headgate.plugin.EventHandler;
import io.headgate.plugin.OutputCommand;
import io.headgate.plugin.ServicePlugin;
import java.time.Duration;
import java.util.List;
import java.util.Map;

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
public final class PluginHarness extends ScriptedEvents implements AutoCloseable {

    private final Rig rig;

    private PluginHarness(Rig rig) {
        super(rig);
        this.rig = rig;
    }

    @Override
    PluginHarness self() {
        return this;
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
        Rig rig = new Rig(settings);
        rig.start(plugin);
        return new PluginHarness(rig);
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
     * As {@link #play}, but it is the plugin that has to have it opened, as with {@code reconnect.policy: manual}: the plugin is told
     * {@code ReconnectNeeded} now and after each end of a session, and answers with {@code Reconnect} or {@code Open}. A connection that
     * is declared by a pattern is told so at first only; under {@code backoff} a host then dials again where it last led.
     *
     * @param connection the connection's name, which has no peer yet and is not open
     * @param peer the peer
     * @return this
     */
    public PluginHarness playWhenAsked(String connection, Peer peer) {
        return play(connection, peer, false);
    }

    private PluginHarness play(String connection, Peer peer, boolean dialledByHost) {
        rig.failIfBroken();
        rig.played().play(connection, peer, dialledByHost);
        rig.failIfBroken();
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
        return rig.context().exchanges().script(connection);
    }

    /**
     * Moves the clock and runs what falls due, in order.
     *
     * @param time how far, from zero
     * @return this
     */
    public PluginHarness advance(Duration time) {
        rig.clock().advanceTimeBy(time);
        rig.failIfBroken();
        return this;
    }

    /**
     * The host stops the service: events and outcomes complete. Events that still wait are delivered first.
     *
     * @return this
     */
    public PluginHarness complete() {
        rig.context().exchanges().openNoMore();
        rig.played().stop();
        rig.script().complete();
        rig.context().complete();
        return this;
    }

    /**
     * All commands so far, expected or not.
     *
     * @return a copy
     */
    public List<OutputCommand> commands() {
        return rig.commands().seen();
    }

    /**
     * How many scripted events the plugin has not asked for yet.
     *
     * @return from 0 to 1024
     */
    public int waiting() {
        return rig.script().waiting();
    }

    /**
     * What the plugin reported as failed events, which {@link #close} then lets pass.
     *
     * @return all so far, in order
     */
    public List<ReportedFailure> reportedFailures() {
        return rig.context().failures();
    }

    /**
     * Cancels the service and its timers.
     *
     * @throws AssertionError where its output failed, or it reported a failure, and the test has not looked
     */
    @Override
    public void close() {
        rig.commands().cancel();
        rig.context().exchanges().end();
        rig.clock().dispose();
        rig.failIfBroken();
        List<ReportedFailure> unseen = rig.context().unseenFailures();
        if (!unseen.isEmpty()) {
            ReportedFailure first = unseen.get(0);
            throw new AssertionError(
                    "the plugin reported that it could not handle " + first.event() + ": " + first.error(),
                    first.error());
        }
    }
}
