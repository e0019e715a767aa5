package io.headgate.host.ws.soak;

import java.util.List;
import java.util.stream.IntStream;

/**
 * A connection: that of a service, which is one of a {@link Roster}'s plugin.
 *
 * @param service from 0 to {@link #SERVICES} - 1
 * @param connection from 0 to {@link #CONNECTIONS} - 1
 */
record Place(int service, int connection) {

    static final int SERVICES = 20;
    static final int CONNECTIONS = 10;

    static final List<Place> ALL = IntStream.range(0, SERVICES * CONNECTIONS)
            .mapToObj(i -> new Place(i / CONNECTIONS, i % CONNECTIONS))
            .toList();

    String path() {
        return "/" + serviceName(service) + "/" + name();
    }

    /** The connection's name. */
    String name() {
        return "c" + connection;
    }

    @Override
    public String toString() {
        return path();
    }

    static String serviceName(int service) {
        return "s" + service;
    }

    /** The one whose path that is. */
    static Place ofPath(String path) {
        int slash = path.indexOf('/', 1);
        return new Place(Integer.parseInt(path.substring(2, slash)), numberOf(path.substring(slash + 1)));
    }

    /** The number of the connection or service of that name. */
    static int numberOf(String name) {
        return Integer.parseInt(name.substring(1));
    }
}
