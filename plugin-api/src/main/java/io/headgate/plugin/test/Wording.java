package io.headgate.plugin.test;

import io.headgate.plugin.OutputCommand;

/** Commands in words, payload included: whoever reads a failed test wrote the payload. */
final class Wording {

    private Wording() {}

    static String of(OutputCommand command) {
        if (command instanceof OutputCommand.SendText send) {
            return send(session(send), send.text());
        }
        if (command instanceof OutputCommand.Close close) {
            return "close " + session(close) + " with " + close.code() + " \"" + close.reason() + "\"";
        }
        if (command instanceof OutputCommand.Open open) {
            return "open " + session(open) + " at " + open.uri();
        }
        if (command instanceof OutputCommand.ReportStatus status) {
            return "report " + status.health() + " \"" + status.message() + "\"";
        }
        return "reconnect " + session(command);
    }

    static String send(String session, String text) {
        return "send to " + session + " \"" + text + "\"";
    }

    private static String session(OutputCommand command) {
        String epoch = command.epoch() == OutputCommand.CURRENT_EPOCH ? "" : "/" + command.epoch();
        return command.connection() + epoch + (command.id().isEmpty() ? "" : " (id " + command.id() + ")");
    }
}
