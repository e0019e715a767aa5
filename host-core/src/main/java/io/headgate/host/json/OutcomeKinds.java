package io.headgate.host.json;

import static io.headgate.host.json.Field.required;

import io.headgate.plugin.CommandOutcome;
import io.headgate.plugin.CommandOutcome.Result;
import java.util.List;
import java.util.Map;

/** How an outcome looks. */
final class OutcomeKinds {

    private static final ValueType<Result> RESULT_NAME = ValueType.constant(Map.of(
            Result.SENT, "sent",
            Result.DONE, "done",
            Result.DENIED, "denied",
            Result.REJECTED, "rejected",
            Result.FAILED, "failed"));

    private static final Field<CommandOutcome, String> COMMAND_ID =
            required("commandId", ValueType.NAME, CommandOutcome::commandId);
    private static final Field<CommandOutcome, String> CONNECTION =
            required("connection", ValueType.NAME_OR_EMPTY, CommandOutcome::connection);
    private static final Field<CommandOutcome, Long> EPOCH =
            required("epoch", ValueType.whole(0), CommandOutcome::epoch);
    private static final Field<CommandOutcome, Long> DECIDED_AT =
            required("decidedAtMillis", ValueType.ANY_LONG, CommandOutcome::decidedAtMillis);
    private static final Field<CommandOutcome, Result> RESULT = required("result", RESULT_NAME, CommandOutcome::result);
    private static final Field<CommandOutcome, String> RULE = required("rule", ValueType.TEXT, CommandOutcome::rule);
    private static final Field<CommandOutcome, String> MESSAGE =
            required("message", ValueType.TEXT, CommandOutcome::message);

    static final Family<CommandOutcome> ALL = new Family<>(
            "an outcome",
            List.of(new Kind<>(
                    "outcome",
                    CommandOutcome.class,
                    List.of(COMMAND_ID, CONNECTION, EPOCH, DECIDED_AT, RESULT, RULE, MESSAGE),
                    in -> new CommandOutcome(
                            in.get(COMMAND_ID),
                            in.get(CONNECTION),
                            in.get(EPOCH),
                            in.get(DECIDED_AT),
                            in.get(RESULT),
                            in.get(RULE),
                            in.get(MESSAGE)))));

    private OutcomeKinds() {}
}
