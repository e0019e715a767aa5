package io.headgate.host.json;

import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.LongNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * What a field may hold.
 *
 * @param expected in words, for the message to a value that is none, and for the reference page
 * @param shown whether a wrong number may be shown: not where a text belongs
 * @param reading makes a value of what was read; empty where it is none
 * @param writing the reverse
 */
record ValueType<T>(
        String expected, boolean shown, Function<JsonNode, Optional<T>> reading, Function<T, JsonNode> writing) {

    private static final int MAX_NAME = 64;
    private static final Pattern KIND_NAME = Pattern.compile("[a-z][a-z0-9-]{0,63}");

    static final ValueType<String> TEXT = text("a text", text -> true);
    static final ValueType<String> NAME =
            text("a name of 1 to " + MAX_NAME + " characters, not blank", ValueType::isName);
    static final ValueType<String> NAME_OR_EMPTY = text(
            "a name of 1 to " + MAX_NAME + " characters, not blank, or an empty text",
            text -> text.isEmpty() || isName(text));
    static final ValueType<String> KIND =
            text("the name of a kind, 1 to 64 of a-z, 0-9 and -", KIND_NAME.asMatchPredicate());
    static final ValueType<Set<String>> NAMES =
            new ValueType<>("a list of names", false, ValueType::names, ValueType::list);
    static final ValueType<Boolean> FLAG = new ValueType<>(
            "true or false",
            false,
            node -> node.isBoolean() ? Optional.of(node.booleanValue()) : Optional.empty(),
            BooleanNode::valueOf);
    static final ValueType<Long> ANY_LONG = whole(Long.MIN_VALUE);

    static ValueType<Long> whole(long least) {
        return new ValueType<>(
                "a whole number from " + least + " to " + Long.MAX_VALUE,
                true,
                node -> whole(node, least, Long.MAX_VALUE),
                LongNode::valueOf);
    }

    static ValueType<Integer> wholeInt(int least, int most) {
        return new ValueType<>(
                least == most ? Integer.toString(least) : "a whole number from " + least + " to " + most,
                true,
                node -> whole(node, least, most).map(Math::toIntExact),
                value -> LongNode.valueOf(value.longValue()));
    }

    /** The constants of an enum, each with its name on the wire: renaming one in Java must not change it there. */
    static <E extends Enum<E>> ValueType<E> constant(Map<E, String> wireNames) {
        Map<E, String> ordered = new EnumMap<>(wireNames);
        Collection<String> names = ordered.values();
        return new ValueType<>(
                "one of " + String.join(", ", names),
                false,
                node -> ordered.entrySet().stream()
                        .filter(entry -> node.isString() && entry.getValue().equals(node.stringValue()))
                        .map(Map.Entry::getKey)
                        .findFirst(),
                constant -> StringNode.valueOf(ordered.get(constant)));
    }

    /** A message within a message. */
    static <M> ValueType<M> message(
            String expected, Function<M, ObjectNode> writing, Function<ParsedObject, M> reading) {
        return new ValueType<>(
                expected,
                false,
                node -> node instanceof ObjectNode object
                        ? Optional.of(reading.apply(ParsedObject.of(object)))
                        : Optional.empty(),
                writing::apply);
    }

    Optional<T> read(@Nullable JsonNode node) {
        return node == null ? Optional.empty() : reading.apply(node);
    }

    /** What a wrong value is. A text is never shown. */
    String describe(@Nullable JsonNode node) {
        if (node == null) {
            return "nothing";
        }
        return switch (node.getNodeType()) {
            case STRING -> "a text of " + node.stringValue().length() + " characters";
            case NUMBER -> describeNumber(node);
            case BOOLEAN -> "true or false";
            case OBJECT -> "an object";
            case ARRAY -> "a list";
            default -> "null";
        };
    }

    private String describeNumber(JsonNode node) {
        if (!node.isIntegralNumber()) {
            return "a number with a fraction or an exponent";
        }
        return shown && node.canConvertToLong() ? Long.toString(node.longValue()) : "a whole number";
    }

    private static ValueType<String> text(String expected, Predicate<String> test) {
        return new ValueType<>(
                expected,
                false,
                node -> Optional.of(node)
                        .filter(JsonNode::isString)
                        .map(JsonNode::stringValue)
                        .filter(text -> text.length() <= JsonText.MAX_TEXT && test.test(text)),
                StringNode::valueOf);
    }

    private static Optional<Set<String>> names(JsonNode node) {
        Set<String> names = new TreeSet<>();
        boolean all = node instanceof ArrayNode list
                && list.valueStream()
                        .allMatch(name ->
                                NAME.reading().apply(name).filter(names::add).isPresent());
        return all ? Optional.of(names) : Optional.empty();
    }

    private static JsonNode list(Set<String> names) {
        ArrayNode list = JsonText.object().arrayNode();
        new TreeSet<>(names).forEach(list::add);
        return list;
    }

    private static boolean isName(String text) {
        return !text.isBlank() && text.length() <= MAX_NAME;
    }

    private static Optional<Long> whole(JsonNode node, long least, long most) {
        return Optional.of(node)
                .filter(value -> value.isIntegralNumber() && value.canConvertToLong())
                .map(JsonNode::longValue)
                .filter(value -> value >= least && value <= most);
    }
}
