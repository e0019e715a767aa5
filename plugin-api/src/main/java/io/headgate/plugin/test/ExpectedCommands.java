package io.headgate.plugin.test;

import io.headgate.plugin.Health;
import io.headgate.plugin.OutputCommand;
import java.util.Objects;

/**
 * The part of {@link PluginHarness} that says what the plugin has to do. By itself for its length: whoever writes a test sees the harness
 * alone.
 */
abstract class ExpectedCommands {

    private final Rig rig;

    ExpectedCommands(Rig rig) {
        this.rig = rig;
    }

    abstract PluginHarness self();

    /**
     * Expects the next command to be a text, on whichever session.
     *
     * @param connection the connection's name
     * @param text the whole text
     * @return this
     */
    public PluginHarness expectSend(String connection, String text) {
        rig.failIfBroken();
        boolean matches = rig.commands().peek() instanceof OutputCommand.SendText send
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
        rig.failIfBroken();
        OutputCommand next = rig.commands().peek();
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
        rig.failIfBroken();
        boolean matches = rig.commands().peek() instanceof OutputCommand.Close close
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
        rig.failIfBroken();
        boolean matches = rig.commands().peek() instanceof OutputCommand.Reconnect reconnect
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
        rig.failIfBroken();
        boolean matches = rig.commands().peek() instanceof OutputCommand.Open open
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
        rig.failIfBroken();
        boolean matches =
                rig.commands().peek() instanceof OutputCommand.ReportStatus report && report.health() == health;
        return took(matches, "report " + health);
    }

    /**
     * Expects the next command to equal this one, id and epoch included.
     *
     * @param expected the command
     * @return this
     */
    public PluginHarness expectCommand(OutputCommand expected) {
        rig.failIfBroken();
        return took(expected.equals(rig.commands().peek()), Wording.of(expected));
    }

    /**
     * Expects the next command to be of a kind.
     *
     * @param kind the kind
     * @param <T> the kind
     * @return the command
     */
    public <T extends OutputCommand> T expectCommand(Class<T> kind) {
        rig.failIfBroken();
        OutputCommand next = rig.commands().peek();
        took(kind.isInstance(next), "a " + kind.getSimpleName());
        return kind.cast(Objects.requireNonNull(next));
    }

    /**
     * Expects that every command so far was expected.
     *
     * @return this
     */
    public PluginHarness expectNothing() {
        rig.failIfBroken();
        if (rig.commands().peek() != null) {
            throw rig.commands().mismatch("no further command");
        }
        return self();
    }

    /**
     * Expects that the service's output has completed.
     *
     * @return this
     */
    public PluginHarness expectFinished() {
        rig.failIfBroken();
        if (!rig.commands().completed()) {
            throw rig.commands().mismatch("the end of the plugin's output");
        }
        return self();
    }

    /**
     * Expects that the service's output has failed, which ends an incarnation; also where {@code handle} threw.
     *
     * @param kind the kind of error
     * @param <T> the kind of error
     * @return the error
     */
    public <T extends Throwable> T expectError(Class<T> kind) {
        Throwable failure = rig.commands().failure();
        if (!kind.isInstance(failure)) {
            throw failure == null ? rig.commands().mismatch("a " + kind.getSimpleName()) : Rig.outputFailed(failure);
        }
        rig.commands().takeFailure();
        return kind.cast(Objects.requireNonNull(failure));
    }

    private PluginHarness took(boolean matches, String wanted) {
        if (!matches) {
            throw rig.commands().mismatch(wanted);
        }
        rig.commands().take();
        return self();
    }
}
