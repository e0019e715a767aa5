package io.headgate.samples.marketfeed;

import io.headgate.plugin.test.Peer;
import io.headgate.plugin.test.PeerSession;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The exchange, and its feed: it has the true books. It fails the test when a client subscribes to what there is not, or to nothing within
 * five seconds.
 */
final class FeedServer implements Peer {

    private static final Duration SUBSCRIBE_WITHIN = Duration.ofSeconds(5);
    private static final int PRICES = 20;
    private static final int SIZES = 5;

    /** A book as it is. */
    private static final class TrueBook {
        private final Map<Long, Long> levels = new TreeMap<>();
        private long number;
    }

    private final Map<String, TrueBook> books = new HashMap<>();
    private final Set<String> subscribed = new HashSet<>();
    private final Random random;
    private PeerSession session;
    private boolean open;
    private int snapshots;

    FeedServer(Random random, String... symbols) {
        this.random = random;
        for (String symbol : symbols) {
            books.put(symbol, new TrueBook());
        }
    }

    boolean isOpen() {
        return open;
    }

    int snapshots() {
        return snapshots;
    }

    Map<Long, Long> levels(String symbol) {
        return Map.copyOf(books.get(symbol).levels);
    }

    void cut() {
        session.cut();
    }

    /** Something changes, and whoever is subscribed is told. */
    void change(String symbol) {
        String delta = changed(symbol);
        if (open && subscribed.contains(symbol)) {
            session.send(delta);
        }
    }

    /** Something changes, and what is said of it arrives nowhere. */
    void changeUnseen(String symbol) {
        changed(symbol);
    }

    private String changed(String symbol) {
        TrueBook book = books.get(symbol);
        long price = random.nextInt(PRICES);
        long size = random.nextInt(SIZES);
        if (size == 0) {
            book.levels.remove(price);
        } else {
            book.levels.put(price, size);
        }
        return message("delta", symbol, ++book.number, Map.of(price, size));
    }

    @Override
    public void opened(PeerSession opened) {
        session = opened;
        open = true;
        subscribed.clear();
        opened.after(SUBSCRIBE_WITHIN, () -> {
            if (subscribed.isEmpty()) {
                opened.violated("subscribe within " + SUBSCRIBE_WITHIN);
            }
        });
    }

    @Override
    public void text(PeerSession from, String text) {
        JsonNode asked = JsonMapper.shared().readTree(text);
        String symbol = asked.path("symbol").asString("");
        TrueBook book = books.get(symbol);
        if (book == null || !asked.path("op").asString("").equals("subscribe")) {
            from.violated("subscribe to what there is, not " + text);
            return;
        }
        subscribed.add(symbol);
        snapshots++;
        from.send(message("snapshot", symbol, book.number, book.levels));
    }

    @Override
    public void ended(PeerSession ended, int code) {
        open = false;
    }

    private static String message(String type, String symbol, long number, Map<Long, Long> levels) {
        ObjectNode byPrice = JsonMapper.shared().createObjectNode();
        levels.forEach((price, size) -> byPrice.put(Long.toString(price), size));
        return JsonMapper.shared()
                .createObjectNode()
                .put("type", type)
                .put("symbol", symbol)
                .put("number", number)
                .set("levels", byPrice)
                .toString();
    }
}
