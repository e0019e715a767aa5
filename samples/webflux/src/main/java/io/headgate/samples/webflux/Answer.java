package io.headgate.samples.webflux;

import io.headgate.plugin.CommandOutcome;
import java.util.Locale;

/**
 * What became of a message that was sent.
 *
 * @param commandId the command it became
 * @param connection the connection it was sent on
 * @param epoch the session it was sent on
 * @param result {@code sent}
 */
record Answer(String commandId, String connection, long epoch, String result) {

    static Answer of(CommandOutcome outcome) {
        return new Answer(outcome.commandId(), outcome.connection(), outcome.epoch(), name(outcome.result()));
    }

    static String name(CommandOutcome.Result result) {
        return result.name().toLowerCase(Locale.ROOT);
    }
}
