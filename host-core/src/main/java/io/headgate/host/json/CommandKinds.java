package io.headgate.host.json;

import static io.headgate.host.json.Field.optional;
import static io.headgate.host.json.Field.required;

import io.headgate.plugin.Health;
import io.headgate.plugin.OutputCommand;
import io.headgate.plugin.OutputCommand.Close;
import io.headgate.plugin.OutputCommand.Open;
import io.headgate.plugin.OutputCommand.Reconnect;
import io.headgate.plugin.OutputCommand.ReportStatus;
import io.headgate.plugin.OutputCommand.SendText;
import java.util.List;
import java.util.Map;

/**
 * How each kind of command looks. Bounds are the gate's to check, with an outcome: here a command is what its plugin made,
 * and all that has a form is written and read.
 */
final class CommandKinds {

    private static final ValueType<Health> HEALTH_NAME =
            ValueType.constant(Map.of(Health.OK, "ok", Health.DEGRADED, "degraded", Health.FAILING, "failing"));

    private static final Field<OutputCommand, String> ID = required("id", ValueType.TEXT, OutputCommand::id);
    private static final Field<OutputCommand, String> CONNECTION =
            required("connection", ValueType.TEXT, OutputCommand::connection);
    private static final Field<OutputCommand, Long> EPOCH = required("epoch", ValueType.ANY_LONG, OutputCommand::epoch);
    private static final Field<SendText, String> TEXT = required("text", ValueType.TEXT, SendText::text);
    private static final Field<SendText, Boolean> CONFIRM =
            optional("confirm", ValueType.FLAG, SendText::confirm, false);
    private static final Field<Close, Integer> CODE =
            required("code", ValueType.wholeInt(Integer.MIN_VALUE, Integer.MAX_VALUE), Close::code);
    private static final Field<Close, String> REASON = required("reason", ValueType.TEXT, Close::reason);
    private static final Field<Open, String> URI = required("uri", ValueType.TEXT, Open::uri);
    private static final Field<ReportStatus, Health> HEALTH = required("health", HEALTH_NAME, ReportStatus::health);
    private static final Field<ReportStatus, String> MESSAGE =
            required("message", ValueType.TEXT, ReportStatus::message);

    static final Family<OutputCommand> ALL = new Family<>(
            "a command",
            List.of(
                    new Kind<>(
                            "send-text",
                            SendText.class,
                            List.of(ID, CONNECTION, EPOCH, TEXT, CONFIRM),
                            in -> new SendText(
                                    in.get(ID), in.get(CONNECTION), in.get(EPOCH), in.get(TEXT), in.get(CONFIRM))),
                    new Kind<>(
                            "close",
                            Close.class,
                            List.of(ID, CONNECTION, EPOCH, CODE, REASON),
                            in -> new Close(
                                    in.get(ID), in.get(CONNECTION), in.get(EPOCH), in.get(CODE), in.get(REASON))),
                    new Kind<>(
                            "reconnect",
                            Reconnect.class,
                            List.of(ID, CONNECTION, EPOCH),
                            in -> new Reconnect(in.get(ID), in.get(CONNECTION), in.get(EPOCH))),
                    new Kind<>(
                            "open",
                            Open.class,
                            List.of(ID, CONNECTION, EPOCH, URI),
                            in -> new Open(in.get(ID), in.get(CONNECTION), in.get(EPOCH), in.get(URI))),
                    new Kind<>(
                            "report-status",
                            ReportStatus.class,
                            List.of(ID, HEALTH, MESSAGE),
                            in -> new ReportStatus(in.get(ID), in.get(HEALTH), in.get(MESSAGE)))));

    private CommandKinds() {}
}
