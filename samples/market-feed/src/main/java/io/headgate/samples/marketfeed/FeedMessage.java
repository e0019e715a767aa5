package io.headgate.samples.marketfeed;

import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the feed says of a symbol.
 *
 * @param type {@code snapshot}, {@code delta}, or another word
 * @param symbol whose book
 * @param number of a delta, one more than that of what came before; of a snapshot, that of the last delta in it
 * @param levels sizes by price; of a delta, 0 for a level that is gone
 */
record FeedMessage(String type, String symbol, long number, Map<Long, Long> levels) {

    private static final JsonMapper JSON = JsonMapper.shared();

    /** What cannot be understood has an empty type. */
    static FeedMessage read(String text) {
        try {
            JsonNode json = JSON.readTree(text);
            Map<Long, Long> levels = new TreeMap<>();
            json.path("levels")
                    .properties()
                    .forEach(level -> levels.put(
                            Long.valueOf(level.getKey()), level.getValue().asLong(0)));
            return new FeedMessage(
                    json.path("type").asString(""),
                    json.path("symbol").asString(""),
                    json.path("number").asLong(0),
                    levels);
        } catch (JacksonException | NumberFormatException malformed) {
            return new FeedMessage("", "", 0, Map.of());
        }
    }

    static String subscribe(String symbol) {
        return JSON.createObjectNode()
                .put("op", "subscribe")
                .put("symbol", symbol)
                .toString();
    }

    boolean isSnapshot() {
        return type.equals("snapshot");
    }

    boolean isDelta() {
        return type.equals("delta");
    }
}
