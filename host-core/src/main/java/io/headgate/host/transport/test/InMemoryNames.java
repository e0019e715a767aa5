package io.headgate.host.transport.test;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** What the hosts of an {@link InMemoryDriver}'s targets stand for. */
final class InMemoryNames {

    /** A target's host is in its one spelling: only an address has brackets, or nothing but digits and dots. */
    private static final Pattern LITERAL = Pattern.compile("\\[.*]|[0-9.]+");

    private final Map<String, List<InetAddress>> known = new ConcurrentHashMap<>();

    void put(String host, List<InetAddress> addresses) {
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException("addresses must have at least one element, has 0");
        }
        known.put(host, addresses);
    }

    List<InetAddress> addresses(String host) {
        return LITERAL.matcher(host).matches() ? List.of(literal(host)) : known.getOrDefault(host, List.of());
    }

    /** No name is looked up: the target has been parsed as an address. */
    private static InetAddress literal(String host) {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("a target's literal address is one", impossible);
        }
    }
}
