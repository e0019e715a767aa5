package io.headgate.host.json;

import io.headgate.plugin.CommandOutcome;
import io.headgate.plugin.CommandOutcome.Result;
import io.headgate.plugin.FailureKind;
import io.headgate.plugin.Health;
import io.headgate.plugin.IngressEvent;
import io.headgate.plugin.IngressEvent.Closed;
import io.headgate.plugin.IngressEvent.CommandFailed;
import io.headgate.plugin.IngressEvent.CommandRefused;
import io.headgate.plugin.IngressEvent.CommandSent;
import io.headgate.plugin.IngressEvent.Failed;
import io.headgate.plugin.IngressEvent.Gap;
import io.headgate.plugin.IngressEvent.Opened;
import io.headgate.plugin.IngressEvent.ReconnectNeeded;
import io.headgate.plugin.IngressEvent.Retrying;
import io.headgate.plugin.IngressEvent.Text;
import io.headgate.plugin.Initiator;
import io.headgate.plugin.OutputCommand;
import io.headgate.plugin.OutputCommand.Close;
import io.headgate.plugin.OutputCommand.Open;
import io.headgate.plugin.OutputCommand.Reconnect;
import io.headgate.plugin.OutputCommand.ReportStatus;
import io.headgate.plugin.OutputCommand.SendText;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Combinators.Combinator3;
import net.jqwik.api.Combinators.Combinator4;
import net.jqwik.api.Tuple;

/** Messages of every kind, with what their records allow. */
final class Messages {

    private static final String KIND = "[a-z][a-z0-9-]{0,63}";

    private Messages() {}

    /** Any UTF-16 units: controls, pairs, lone surrogates, line separators, quotes; and now and then a long one. */
    static Arbitrary<String> texts() {
        Arbitrary<String> awkward = Arbitraries.of(
                "\"", "\\", "\n", "\r", "\u0000", "\u007f", "\u0085", "\u2028", "\u2029", "\ud800", "\udfff", "😀", "é",
                "\ufeff", "\uffff", "/", "}", "\u202e");
        return Arbitraries.frequencyOf(
                Tuple.of(6, Arbitraries.strings().ofMaxLength(20)),
                Tuple.of(6, awkward.list().ofMaxSize(12).map(parts -> String.join("", parts))),
                Tuple.of(1, awkward.map(part -> (part + "ab").repeat(3000))),
                Tuple.of(1, Arbitraries.just("")));
    }

    static Arbitrary<IngressEvent> events() {
        Arbitrary<Long> longs = Arbitraries.longs();
        Arbitrary<Long> more = Arbitraries.longs().greaterOrEqual(0);
        Arbitrary<Integer> positive = Arbitraries.integers().greaterOrEqual(1);
        return Arbitraries.oneOf(
                head(1).flatAs((c, e, s, at) -> texts().map(t -> new Opened(c, e, s, at, t))),
                head(0).flatAs((c, e, s, at) ->
                        Combinators.combine(texts(), positive).as((t, n) -> new Text(c, e, s, at, t, n))),
                head(0).flatAs((c, e, s, at) -> Combinators.combine(
                                Arbitraries.integers().greaterOrEqual(1000), texts(), Arbitraries.of(Initiator.class))
                        .as((code, t, who) -> new Closed(c, e, s, at, code, t, who))),
                head(0).flatAs((c, e, s, at) -> Combinators.combine(Arbitraries.of(FailureKind.class), texts())
                        .as((kind, t) -> new Failed(c, e, s, at, kind, t))),
                head(0).flatAs((c, e, s, at) ->
                        Combinators.combine(positive, longs).as((n, next) -> new Retrying(c, e, s, at, n, next))),
                head(0).flatAs((c, e, s, at) -> texts().map(t -> new ReconnectNeeded(c, e, s, at, t))),
                head(0).flatAs((c, e, s, at) ->
                        Combinators.combine(more, longs).as((n, first) -> new Gap(c, e, s, Math.max(1, n), first, at))),
                head(0).flatAs((c, e, s, at) -> Combinators.combine(texts(), texts(), texts(), more)
                        .as((id, rule, t, n) -> new CommandRefused(c, e, s, at, id, rule, t, n))),
                head(0).flatAs((c, e, s, at) -> Combinators.combine(texts(), texts(), more)
                        .as((id, t, n) -> new CommandFailed(c, e, s, at, id, t, n))),
                head(0).flatAs((c, e, s, at) ->
                        Combinators.combine(texts(), more).as((id, n) -> new CommandSent(c, e, s, at, id, n))),
                head(0).flatAs((c, e, s, at) -> Combinators.combine(unknownKinds(), objects())
                        .as((kind, fields) -> new UnknownEvent(c, e, s, at, kind, fields))));
    }

    static Arbitrary<OutputCommand> commands() {
        Combinator3<String, String, Long> head = Combinators.combine(texts(), texts(), Arbitraries.longs());
        return Arbitraries.oneOf(
                head.flatAs((id, c, e) -> Combinators.combine(texts(), Arbitraries.of(true, false))
                        .as((t, confirm) -> new SendText(id, c, e, t, confirm))),
                head.flatAs((id, c, e) -> Combinators.combine(Arbitraries.integers(), texts())
                        .as((code, t) -> new Close(id, c, e, code, t))),
                head.as((id, c, e) -> new Reconnect(id, c, e)),
                head.flatAs((id, c, e) -> texts().map(uri -> new Open(id, c, e, uri))),
                Combinators.combine(texts(), Arbitraries.of(Health.class), texts())
                        .as(ReportStatus::new));
    }

    static Arbitrary<CommandOutcome> outcomes() {
        Arbitrary<String> connection = Arbitraries.oneOf(names(), Arbitraries.just(""));
        return Combinators.combine(
                        names(),
                        connection,
                        Arbitraries.longs().greaterOrEqual(0),
                        Arbitraries.longs(),
                        Arbitraries.of(Result.class),
                        texts(),
                        texts())
                .as(CommandOutcome::new);
    }

    /** Objects as JSON, one level of nesting, with numbers of every sort. */
    static Arbitrary<String> objects() {
        Arbitrary<String> scalar = Arbitraries.oneOf(
                Arbitraries.of("null", "true", "false", "0", "-1", "1.0", "1.50", "1e3", "-0.0", "1E-7", "1e400"),
                Arbitraries.of("12345678901234567890123", "[]", "{}", "[1,\"2\",{\"a\":null}]"),
                texts().map(text -> "\"" + escaped(text) + "\""));
        Arbitrary<String> names = texts().filter(name -> name.length() < 50 && isWellFormed(name));
        return Arbitraries.maps(names.map(name -> "own " + name), scalar)
                .ofMaxSize(4)
                .map(map -> {
                    StringBuilder json = new StringBuilder("{ ");
                    map.forEach((name, value) -> json.append(json.length() > 2 ? " ,\n" : "")
                            .append('"')
                            .append(escaped(name))
                            .append("\" : ")
                            .append(value));
                    return json.append('}').toString();
                });
    }

    private static Arbitrary<String> unknownKinds() {
        return Arbitraries.strings()
                .withChars("abcdefghijklmnopqrstuvwxyz0123456789-")
                .ofMinLength(1)
                .ofMaxLength(64)
                .filter(name -> name.matches(KIND) && !MessageJson.isKnown(name));
    }

    private static Combinator4<String, Long, Long, Long> head(long leastEpoch) {
        return Combinators.combine(
                names(),
                Arbitraries.longs().greaterOrEqual(leastEpoch),
                Arbitraries.longs().greaterOrEqual(1),
                Arbitraries.longs());
    }

    private static Arbitrary<String> names() {
        return texts().filter(name -> !name.isBlank() && name.length() <= 64);
    }

    /** The parser takes no lone surrogate in a name. */
    private static boolean isWellFormed(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    /** Every unit as an escape: another spelling than the one under test. */
    private static String escaped(String text) {
        StringBuilder json = new StringBuilder();
        text.chars().forEach(unit -> json.append(String.format("\\u%04X", unit)));
        return json.toString();
    }
}
