package io.headgate.host.authority;

import io.headgate.host.authority.YamlNode.Entry;
import io.headgate.host.authority.YamlNode.Kind;
import io.headgate.host.authority.YamlNode.Mapping;
import io.headgate.host.authority.YamlNode.Scalar;
import io.headgate.host.authority.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLParser;

/**
 * Builds the tree of the one document in a text. What makes a file say other than it shows is a problem: anchors,
 * aliases, tags, a second document.
 */
final class YamlTree {

    static final int MAX_DEPTH = 16;

    private static final YAMLFactory FACTORY = new YAMLFactory();

    private final int[] source;
    private final Problems problems;
    private final YAMLParser parser;

    private YamlTree(int[] source, Problems problems, YAMLParser parser) {
        this.source = source;
        this.problems = problems;
        this.parser = parser;
    }

    static YamlNode parse(SourceText source, Problems problems) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), new WholeCharacters(source.text()))) {
            return new YamlTree(source.text().codePoints().toArray(), problems, (YAMLParser) parser).document();
        } catch (JacksonException e) {
            // Neither its message nor the cause: they quote the file.
            problems.add(
                    position(e.getLocation()),
                    "",
                    "not valid YAML here or shortly after: check indentation (no tabs), quotes, brackets and the space"
                            + " after ':'");
            throw problems.toException();
        }
    }

    private YamlNode document() {
        JsonToken first = parser.nextToken();
        if (first == null) {
            problems.add(Position.START, "", "the file is empty");
            throw problems.toException();
        }
        YamlNode root = node(first, 1);
        if (parser.nextToken() != null) {
            problems.add(here(), "", "a file must have one YAML document, this is a second one");
            throw problems.toException();
        }
        return root;
    }

    private YamlNode node(JsonToken token, int depth) {
        Position position = here();
        if (parser.isCurrentAlias()) {
            problems.add(position, "", "an alias ('*') is not allowed: write the value out");
        } else if (parser.getTypeId() != null || isAnchored(token)) {
            problems.add(position, "", "neither an anchor ('&') nor a tag ('!') is allowed");
        }
        return switch (token) {
            case START_OBJECT -> mapping(position, checkedDepth(depth));
            case START_ARRAY -> sequence(position, checkedDepth(depth));
            case VALUE_STRING -> new Scalar(position, Kind.TEXT, parser.getString());
            case VALUE_NUMBER_INT -> new Scalar(position, Kind.INTEGER, parser.getString());
            case VALUE_NULL -> new Scalar(position, Kind.ABSENT, "");
            default -> new Scalar(position, Kind.OTHER, parser.getString());
        };
    }

    private Mapping mapping(Position position, int depth) {
        List<Entry> entries = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            Position keyPosition = here();
            String key = parser.currentName();
            if (hasProperties()) {
                problems.add(keyPosition, "", "a key must have neither an anchor ('&') nor a tag ('!')");
            }
            entries.add(new Entry(key, keyPosition, node(parser.nextToken(), depth + 1)));
        }
        return new Mapping(position, entries);
    }

    private boolean isAnchored(JsonToken token) {
        // A mapping in block style begins where its first key does, whose properties are not the mapping's.
        return token.isStructStart() ? parser.getObjectId() != null : hasProperties();
    }

    /** The parser keeps the anchors of single values and the tags of keys to itself: so look where the token begins. */
    private boolean hasProperties() {
        long offset = parser.currentTokenLocation().getCharOffset();
        int first = offset >= 0 && offset < source.length ? source[(int) offset] : 0;
        return first == '&' || first == '!';
    }

    private Sequence sequence(Position position, int depth) {
        List<YamlNode> elements = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            elements.add(node(token, depth + 1));
        }
        return new Sequence(position, elements);
    }

    private int checkedDepth(int depth) {
        if (depth > MAX_DEPTH) {
            problems.add(here(), "", "mappings and lists must be nested at most " + MAX_DEPTH + " deep");
            throw problems.toException();
        }
        return depth;
    }

    private Position here() {
        return position(parser.currentTokenLocation());
    }

    private static Position position(@Nullable TokenStreamLocation location) {
        return location == null || location.getLineNr() < 1
                ? Position.START
                : new Position(location.getLineNr(), Math.max(1, location.getColumnNr()));
    }
}
