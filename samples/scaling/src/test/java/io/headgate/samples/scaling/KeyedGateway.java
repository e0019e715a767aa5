package io.headgate.samples.scaling;

import io.headgate.plugin.test.Peer;
import io.headgate.plugin.test.PeerSession;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A gateway in shards, which a client names in its query: it deals keys out by their hash, and numbers the texts of each. It fails the test
 * when a number is answered twice, out of turn or by another shard: what is not {@code done} or {@code failed} has to be {@code missed}, and
 * said to be before the next answer of that key.
 */
final class KeyedGateway implements Peer {

    private static final Pattern SHARD = Pattern.compile("[?&]shard=(\\d+)");

    /** What became of texts. */
    static final class Reckoning {
        private long sent;
        private long done;
        private long failed;
        private long missed;
        private long answers;

        long sent() {
            return sent;
        }

        long done() {
            return done;
        }

        long failed() {
            return failed;
        }

        long missed() {
            return missed;
        }

        /** How many texts said all that. */
        long answers() {
            return answers;
        }

        /** What was taken in, and said to be. */
        long worked() {
            return done + failed;
        }

        boolean settled() {
            return sent == worked() + missed;
        }

        @Override
        public String toString() {
            return sent + " sent, " + done + " done, " + failed + " failed, " + missed + " missed";
        }
    }

    /** A key's numbers in this session. */
    private static final class Numbers {
        private long sent;
        private long answered;
    }

    private final int shards;
    private final Map<Integer, PeerSession> sessions = new TreeMap<>();
    private final Map<Integer, Reckoning> reckonings = new TreeMap<>();
    private final Map<String, Numbers> numbers = new HashMap<>();

    KeyedGateway(int shards) {
        this.shards = shards;
        for (int shard = 0; shard < shards; shard++) {
            reckonings.put(shard, new Reckoning());
        }
    }

    static int shardOf(String key, int shards) {
        return Math.floorMod(key.hashCode(), shards);
    }

    boolean allThere() {
        return sessions.size() == shards;
    }

    Reckoning shard(int shard) {
        return reckonings.get(shard);
    }

    boolean settled() {
        return reckonings.values().stream().allMatch(Reckoning::settled);
    }

    void send(String key, String content) {
        session(key).send(next(key) + " " + content);
    }

    /** One that does not arrive, as if a host had dropped it. */
    void sendUnseen(String key) {
        next(key);
    }

    void cut(String key) {
        session(key).cut();
    }

    private PeerSession session(String key) {
        return sessions.get(shardOf(key, shards));
    }

    private String next(String key) {
        shard(shardOf(key, shards)).sent++;
        return key + " " + ++numbers.computeIfAbsent(key, unknown -> new Numbers()).sent;
    }

    @Override
    public void opened(PeerSession session) {
        if (sessions.put(shardNamed(session), session) != null) {
            session.violated("dial each shard once");
        }
    }

    private static int shardNamed(PeerSession session) {
        Matcher named = SHARD.matcher(session.uri());
        return named.find() ? Integer.parseInt(named.group(1)) : 0;
    }

    @Override
    public void text(PeerSession session, String text) {
        String[] words = text.split(" ", -1);
        String key = words[1];
        int shard = shardNamed(session);
        if (shardOf(key, shards) != shard) {
            session.violated("answer for one's own shard: " + text);
        }
        answered(session, text, numbers.get(key), Long.parseLong(words[2]), Long.parseLong(words[words.length - 1]));
        Reckoning reckoning = shard(shard);
        reckoning.answers++;
        switch (words[0]) {
            case "done" -> reckoning.done++;
            case "failed" -> reckoning.failed++;
            case "missed" -> reckoning.missed += Long.parseLong(words[3]) - Long.parseLong(words[2]) + 1;
            default -> session.violated("say what is known: " + text);
        }
    }

    private static void answered(PeerSession session, String text, Numbers key, long first, long last) {
        if (first != key.answered + 1 || last < first || last > key.sent) {
            session.violated("answer " + (key.answered + 1) + " next, of " + key.sent + ", not: " + text);
        }
        key.answered = last;
    }

    /** What was on its way is lost with the session, and numbers begin anew. */
    @Override
    public void ended(PeerSession session, int code) {
        int shard = shardNamed(session);
        sessions.remove(shard);
        numbers.keySet().removeIf(key -> shardOf(key, shards) == shard);
    }
}
