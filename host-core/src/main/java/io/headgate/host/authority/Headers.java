package io.headgate.host.authority;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The headers that a grant adds to an upgrade request: which there may be, and what several entries make together. */
final class Headers {

    /** In an entry, and in all entries of a grant together: so no dial has more. */
    static final int MAX = 32;

    static final String NAME = "an HTTP token of 1 to 64 characters";

    /**
     * What makes the request an upgrade to a WebSocket, says where it ends, or is between two hops only: a second opinion on it
     * would break the request, or have two servers read it as two things.
     */
    private static final Set<String> HOSTS_OWN = Set.of(
            "host",
            "upgrade",
            "connection",
            "keep-alive",
            "content-length",
            "transfer-encoding",
            "te",
            "trailer",
            "expect",
            "http2-settings");

    private static final List<String> HOSTS_OWN_PREFIXES = List.of("sec-", "proxy-");

    private static final Comparator<WebSocketGrant> ORDER =
            Comparator.comparing(entry -> entry.target().toString());

    private Headers() {}

    /** An entry with a value of a header. */
    private record Holder(WebSocketGrant entry, HeaderValue value) {}

    /** Why a grant may not set a header of that name; empty where it may. Shows no name that is none. */
    static Optional<String> refusal(String name) {
        if (!Require.isToken(name)) {
            return Optional.of("a header's name must be " + NAME + " (not shown)");
        }
        // Some servers take one for the other.
        String plain = name.toLowerCase(Locale.ROOT).replace('_', '-');
        return HOSTS_OWN.contains(plain) || HOSTS_OWN_PREFIXES.stream().anyMatch(plain::startsWith)
                ? Optional.of(
                        "the header " + name + " is not a grant's to set: the host makes it, or it would change how"
                                + " the request is read")
                : Optional.empty();
    }

    /** Names and beginnings of names, in lower case. */
    static List<String> hostsOwn() {
        return Stream.concat(HOSTS_OWN.stream(), HOSTS_OWN_PREFIXES.stream()).toList();
    }

    /** A copy, ordered by the name. */
    static Map<String, HeaderValue> checked(Map<String, HeaderValue> headers) {
        Require.size("headers", headers.keySet(), MAX);
        Map<String, HeaderValue> ordered = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.forEach((name, value) -> {
            refusal(name).ifPresent(why -> {
                throw new IllegalArgumentException(why);
            });
            if (ordered.put(name, value) != null) {
                throw new IllegalArgumentException(
                        "headers must differ in name, whatever its case, " + name + " is there twice");
            }
        });
        return Collections.unmodifiableMap(new LinkedHashMap<>(ordered));
    }

    /** What a dial gets from all entries that cover its target with its access. They are without a conflict. */
    static Map<String, HeaderValue> merged(Collection<WebSocketGrant> entries) {
        Map<String, HeaderValue> merged = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        entries.stream().sorted(ORDER).forEach(entry -> entry.headers().forEach(merged::putIfAbsent));
        return merged;
    }

    /**
     * Looks at the entries of a grant. Where two that can meet in a dial set a header differently, nobody can tell which was
     * meant; the same reference, or the same text, is no difference.
     */
    static Optional<EntryConflict> conflict(List<WebSocketGrant> entries) {
        Map<String, List<Holder>> byName = new HashMap<>();
        for (int at = 0; at < entries.size(); at++) {
            WebSocketGrant entry = entries.get(at);
            for (Map.Entry<String, HeaderValue> header : entry.headers().entrySet()) {
                List<Holder> earlier =
                        byName.computeIfAbsent(header.getKey().toLowerCase(Locale.ROOT), name -> new ArrayList<>());
                Holder here = new Holder(entry, header.getValue());
                Optional<Holder> other =
                        earlier.stream().filter(one -> contradict(one, here)).findFirst();
                if (other.isPresent()) {
                    return Optional.of(new EntryConflict(
                            at,
                            "headers",
                            contradiction(header.getKey(), other.get().entry())));
                }
                earlier.add(here);
            }
            if (byName.size() > MAX) {
                return Optional.of(new EntryConflict(
                        at,
                        "headers",
                        "all entries of a grant together must have at most " + MAX + " different headers, have more"));
            }
        }
        return Optional.empty();
    }

    private static boolean contradict(Holder one, Holder other) {
        return !one.value().equals(other.value()) && EntryConflict.canMeet(one.entry(), other.entry());
    }

    private static String contradiction(String name, WebSocketGrant other) {
        return "the header " + name + " has another value in the entry for " + other.target()
                + ", which covers targets of this one too: write it alike in both, or narrow one of them";
    }
}
