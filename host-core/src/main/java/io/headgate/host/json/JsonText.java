package io.headgate.host.json;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The one JSON object of a text, within bounds; and back, on one line. */
final class JsonText {

    /** The largest message a grant can allow, in bytes of UTF-8, has no more UTF-16 units than this. */
    static final int MAX_TEXT = 64 * 1024 * 1024;

    /** That message with each unit escaped, and room for the rest. */
    static final int MAX_CHARACTERS = 6 * MAX_TEXT + 1024 * 1024;

    static final int MAX_DEPTH = 16;
    static final int MAX_TOKENS = 10_000;
    static final int MAX_NAME = 256;
    static final int MAX_NUMBER = 100;

    /** What is said of a text beyond a bound; which one it was, Jackson tells only in a message that may quote. */
    static final String WITHIN_BOUNDS = "an object of at most " + MAX_CHARACTERS + " characters and " + MAX_TOKENS
            + " tokens, nested at most " + MAX_DEPTH + " deep, texts of at most " + MAX_TEXT + " characters, names of "
            + MAX_NAME + ", numbers of " + MAX_NUMBER;

    private static final JsonMapper MAPPER = JsonMapper.builder(factory())
            .enable(JsonNodeFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            // One value is read at a time; what follows the object is looked at here.
            .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private JsonText() {}

    /**
     * Parses a text.
     *
     * @param json one object, perhaps between white space
     * @param reserved how many of the allowed tokens are not this text's
     */
    static ParsedObject parse(String json, int reserved) {
        if (json.length() > MAX_CHARACTERS) {
            throw new MessageFormatException("", WITHIN_BOUNDS, json.length() + " characters");
        }
        try (JsonParser parser = MAPPER.createParser(json)) {
            Map<String, JsonNode> members = members(parser);
            if (parser.currentTokenCount() > MAX_TOKENS - reserved) {
                throw new MessageFormatException("", WITHIN_BOUNDS, "more tokens");
            }
            return new ParsedObject(members);
        } catch (StreamConstraintsException e) {
            throw new MessageFormatException("", WITHIN_BOUNDS, "something beyond one of these bounds");
        } catch (MismatchedInputException e) {
            throw new MessageFormatException("", "each name once in an object", "one twice in a nested object");
        } catch (JacksonException e) {
            throw new MessageFormatException("", "one JSON object", "malformed JSON" + place(e));
        } catch (NumberFormatException e) {
            // Jackson lets this one through as it is.
            throw new MessageFormatException("", "exponents of at most " + Integer.MAX_VALUE, "a larger one");
        }
    }

    /** Writes an object on one line: no line separator of any sort is left unescaped. */
    static String write(ObjectNode object) {
        String json = MAPPER.writeValueAsString(object);
        if (json.length() > MAX_CHARACTERS) {
            throw new MessageFormatException("", WITHIN_BOUNDS, json.length() + " characters");
        }
        return json;
    }

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    private static Map<String, JsonNode> members(JsonParser parser) {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new MessageFormatException("", "one JSON object", "something else");
        }
        Map<String, JsonNode> members = new LinkedHashMap<>();
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            parser.nextToken();
            JsonNode value = MAPPER.readTree(parser);
            if (members.put(name, value) != null) {
                throw new MessageFormatException(ParsedObject.shown(name), "to be there once", "it twice");
            }
        }
        if (parser.nextToken() != null) {
            throw new MessageFormatException("", "one JSON object", "something behind it");
        }
        return members;
    }

    private static String place(JacksonException e) {
        return e.getLocation() == null
                ? ""
                : " at or before character " + e.getLocation().getCharOffset();
    }

    private static JsonFactory factory() {
        return JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .maxDocumentLength(MAX_CHARACTERS)
                        .maxTokenCount(MAX_TOKENS)
                        .maxNumberLength(MAX_NUMBER)
                        .maxStringLength(MAX_TEXT)
                        .maxNameLength(MAX_NAME)
                        .build())
                .characterEscapes(new LineEscapes())
                // Its table of names would be shared, and a foreigner's to fill.
                .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
                .build();
    }
}
