package io.headgate.host.authority;

import io.headgate.host.ingress.Hold;
import io.headgate.host.ingress.HoldEnd;
import io.headgate.host.ingress.OverflowPolicy;
import java.time.Duration;
import java.util.Optional;

/** Reads the limits of a grant. */
final class LimitsReader {

    private static final YamlKeys LIMITS = YamlKeys.of(
            "queue-events", "queue-bytes", "message-bytes", "overflow", "connection-share", "hold", "binary", "opens");
    private static final YamlKeys OPENS = YamlKeys.of("at-once", "budget");
    private static final YamlKeys HOLD = YamlKeys.of("longest", "end");

    private final Problems problems;

    LimitsReader(Problems problems) {
        this.problems = problems;
    }

    /** Where something is wrong, the problems are noted and the defaults answered. */
    Limits read(YamlNode node, String path) {
        int mark = problems.count();
        Limits defaults = Limits.defaults();
        YamlFields fields = YamlFields.of(node, path, problems, LIMITS);
        int queueEvents = fields.optional("queue-events", ScalarType.wholeNumber(1, Limits.MAX_QUEUE_EVENTS))
                .orElse(defaults.queueEvents());
        long queueBytes = fields.optional(
                        "queue-bytes", ScalarType.size(Limits.MIN_QUEUE_BYTES, Limits.MAX_QUEUE_BYTES))
                .orElse(defaults.queueBytes());
        long messageBytes = fields.optional("message-bytes", ScalarType.size(1, Limits.MAX_MESSAGE_BYTES))
                .orElse((long) defaults.messageBytes());
        OverflowPolicy overflow = fields.optional("overflow", ScalarType.constant(OverflowPolicy.class))
                .orElse(defaults.overflow());
        int share = fields.optional("connection-share", ScalarType.PERCENT).orElse(defaults.connectionShare());
        Optional<YamlNode> held = fields.child("hold");
        Hold hold = held.map(child -> hold(child, fields.path("hold"))).orElse(defaults.hold());
        BinaryPolicy binary = fields.optional("binary", ScalarType.constant(BinaryPolicy.class))
                .orElse(defaults.binary());
        OpenLimits opens = fields.child("opens")
                .map(child -> opens(child, fields.path("opens")))
                .orElse(defaults.opens());
        if (problems.count() == mark) {
            Misfit.among(queueEvents, queueBytes, (int) messageBytes, overflow, share)
                    .ifPresent(misfit -> problems.add(node.position(), path, misfit.ofKeys()));
            held.filter(unused -> overflow != OverflowPolicy.HOLD)
                    .ifPresent(child -> problems.add(child.position(), fields.path("hold"), withoutEffect(overflow)));
        }
        return problems.unlessSince(
                        mark,
                        () -> new Limits(
                                queueEvents, queueBytes, (int) messageBytes, overflow, share, hold, binary, opens))
                .orElse(defaults);
    }

    private static String withoutEffect(OverflowPolicy overflow) {
        return "expected overflow to be `hold`, since the key has no effect with any other, found `"
                + WireNames.of(overflow) + "`";
    }

    private Hold hold(YamlNode node, String path) {
        YamlFields fields = YamlFields.of(node, path, problems, HOLD);
        Hold defaults = Hold.defaults();
        Duration longest = fields.optional("longest", ScalarType.duration(Hold.SHORTEST, Hold.LONGEST))
                .orElse(defaults.longest());
        HoldEnd end = fields.optional("end", ScalarType.constant(HoldEnd.class)).orElse(defaults.end());
        return new Hold(longest, end);
    }

    private OpenLimits opens(YamlNode node, String path) {
        YamlFields fields = YamlFields.of(node, path, problems, OPENS);
        OpenLimits defaults = OpenLimits.defaults();
        int atOnce = fields.optional("at-once", ScalarType.wholeNumber(1, OpenLimits.MAX_AT_ONCE))
                .orElse(defaults.atOnce());
        return fields.optional("budget", ScalarType.OPEN_BUDGET)
                .orElse(defaults)
                .withAtOnce(atOnce);
    }
}
