package io.headgate.host.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.headgate.host.ConfigurationException;
import io.headgate.host.ingress.OverflowPolicy;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What holds of every file that is taken for grants: it is refused as {@link FileLaws} say, or can be written down and read again. */
final class GrantLaws {

    private static final String FILE = "grants.yaml";
    private static final Set<String> HIDDEN = Set.of("grants.websocket.target", "grants.settings.*");
    private static final Set<String> HIDDEN_IN_TEXTS = Set.of("grants.settings.*");

    private GrantLaws() {}

    /** Whether it was accepted. */
    static boolean hold(byte[] input) {
        GrantFile file;
        try {
            file = parsed(SourceText.of(FILE, input).text());
        } catch (ConfigurationException refused) {
            FileLaws.holdOf(refused, FILE, input, HIDDEN);
            return false;
        }
        String written = written(file);
        if (holdsHeaders(file)) {
            // What the file holds itself is left open where an entry is written down, and no reader takes that.
            assertThatExceptionOfType(ConfigurationException.class).isThrownBy(() -> parsed(written));
        } else {
            GrantFile again = parsed(written);
            assertThat(again).isEqualTo(file);
            assertThat(written(again)).isEqualTo(written);
        }
        if (!FileLaws.isShown(input, HIDDEN_IN_TEXTS)) {
            assertThat(file.toString()).doesNotContain(FileLaws.SECRET);
        }
        for (Grant grant : file.grants()) {
            assertThat(file.grantFor(grant.plugin())).contains(grant);
        }
        return true;
    }

    /** Looks up nothing of this machine. */
    private static GrantFile parsed(String yaml) {
        return GrantFile.parse(FILE, yaml, new UnreadReferences());
    }

    private static boolean holdsHeaders(GrantFile file) {
        return file.grants().stream()
                .flatMap(grant -> grant.websocket().stream())
                .flatMap(entry -> entry.headers().values().stream())
                .anyMatch(value -> value.reference().isEmpty());
    }

    /** The entries are written as the report writes them. */
    private static String written(GrantFile file) {
        return "version: 1\ngrants:"
                + (file.grants().isEmpty()
                        ? " []\n"
                        : "\n" + file.grants().stream().map(GrantLaws::written).collect(Collectors.joining()));
    }

    private static String written(Grant grant) {
        StringBuilder yaml = new StringBuilder(
                grant.websocket().isEmpty()
                        ? "  - plugin: " + FileLaws.quoted(grant.plugin()) + "\n"
                        : GrantYaml.grant(grant.plugin(), grant.websocket()));
        grant.release().ifPresent(release -> line(yaml, "release", FileLaws.quoted(release)));
        grant.digest().ifPresent(digest -> line(yaml, "digest", FileLaws.quoted(digest.toString())));
        line(yaml, "limits", limits(grant.limits()));
        line(yaml, "reconnect", reconnect(grant.reconnect()));
        line(yaml, "liveness", liveness(grant.liveness()));
        line(yaml, "restart", restart(grant.restart()));
        line(yaml, "settings", settings(grant));
        return yaml.toString();
    }

    private static void line(StringBuilder yaml, String key, String value) {
        yaml.append("    ").append(key).append(": ").append(value).append('\n');
    }

    private static String limits(Limits limits) {
        String hold = limits.overflow() == OverflowPolicy.HOLD
                ? ", hold: {longest: " + DurationText.format(limits.hold().longest()) + ", end: "
                        + WireNames.of(limits.hold().end()) + "}"
                : "";
        return "{queue-events: " + limits.queueEvents() + ", queue-bytes: " + DataSize.format(limits.queueBytes())
                + ", message-bytes: " + DataSize.format(limits.messageBytes()) + ", overflow: "
                + WireNames.of(limits.overflow()) + ", connection-share: " + limits.connectionShare() + "%, binary: "
                + WireNames.of(limits.binary()) + hold + ", opens: {at-once: "
                + limits.opens().atOnce() + ", budget: " + limits.opens().budget() + "}}";
    }

    private static String reconnect(ReconnectSettings reconnect) {
        String policy = "{policy: " + WireNames.of(reconnect.policy());
        return reconnect.policy() == ReconnectPolicyKind.MANUAL
                ? policy + "}"
                : policy + ", first: " + DurationText.format(reconnect.first()) + ", max: "
                        + DurationText.format(reconnect.max()) + ", stable-after: "
                        + DurationText.format(reconnect.stableAfter()) + ", attempts: " + reconnect.attempts()
                        + ", per-day: " + reconnect.perDay() + ", permanent-statuses: "
                        + reconnect.permanentStatuses() + ", permanent-close-codes: "
                        + reconnect.permanentCloseCodes() + "}";
    }

    private static String liveness(LivenessSettings liveness) {
        String pings = liveness.pingInterval()
                .map(interval -> DurationText.format(interval) + ", pong-timeout: "
                        + DurationText.format(liveness.pongTimeout()))
                .orElse("never");
        return "{ping-interval: " + pings + ", no-bytes: " + orNever(liveness.noBytes()) + ", no-data: "
                + orNever(liveness.noData()) + "}";
    }

    private static String orNever(Optional<Duration> limit) {
        return limit.map(DurationText::format).orElse("never");
    }

    private static String restart(RestartSettings restart) {
        return "{attempts: " + restart.attempts() + ", first: " + DurationText.format(restart.first()) + ", max: "
                + DurationText.format(restart.max()) + ", stable-after: "
                + DurationText.format(restart.stableAfter()) + ", waiting: " + WireNames.of(restart.waiting()) + "}";
    }

    private static String settings(Grant grant) {
        return grant.settings().entrySet().stream()
                .map(setting -> FileLaws.quoted(setting.getKey()) + ": "
                        + FileLaws.quoted(setting.getValue().replace("${", "$${")))
                .collect(Collectors.joining(", ", "{", "}"));
    }
}
