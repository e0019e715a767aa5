package io.headgate.host.json;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Puts something else in the place of the values of some members of a JSON text, at whatever depth. Of what is no JSON object or list, is deeper than
 * {@value #MAX_DEPTH}, has more than {@value #MAX_TOKENS} tokens or a name twice in one object, nothing is left: what cannot be looked
 * through may hold anything. A text without
 * such a member stays as it was.
 */
public final class JsonMembers implements UnaryOperator<String> {

    private static final int MAX_DEPTH = 64;
    private static final int MAX_TOKENS = 100_000;
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxTokenCount(MAX_TOKENS)
                            .maxStringLength(JsonText.MAX_TEXT)
                            .maxNumberLength(JsonText.MAX_NUMBER)
                            .build())
                    // Its table of names would be shared, and a foreigner's to fill.
                    .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
                    .build())
            .enable(JsonNodeFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Set<String> names;
    private final String replacement;

    /**
     * Makes a rule.
     *
     * @param names of the members, at least one; capital and small letters are the same
     * @param replacement what stands in the place of each of their values, and of a text that cannot be looked through
     */
    public JsonMembers(Set<String> names, String replacement) {
        this.names = names.stream().map(JsonMembers::folded).collect(Collectors.toUnmodifiableSet());
        this.replacement = replacement;
        if (this.names.isEmpty()) {
            throw new IllegalArgumentException("names must have at least one name, has none");
        }
    }

    @Override
    public String apply(String text) {
        try {
            JsonNode root = MAPPER.readTree(text);
            if (!root.isContainer()) {
                return text.isBlank() ? text : replacement;
            }
            return replace(root) ? MAPPER.writeValueAsString(root) : text;
        } catch (JacksonException | NumberFormatException notToBeLookedThrough) {
            return replacement;
        }
    }

    private boolean replace(JsonNode node) {
        boolean replaced = false;
        if (node instanceof ObjectNode object) {
            // A list: names of one hash would make a set slow, and a peer chooses them.
            for (String name : List.copyOf(object.propertyNames())) {
                if (names.contains(folded(name))) {
                    object.put(name, replacement);
                    replaced = true;
                }
            }
        }
        for (JsonNode child : node) {
            replaced |= replace(child);
        }
        return replaced;
    }

    private static String folded(String name) {
        // Up first: some letters have one capital and two small ones.
        return name.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }
}
