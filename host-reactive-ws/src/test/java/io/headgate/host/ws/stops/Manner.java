package io.headgate.host.ws.stops;

import java.util.Locale;

/** How the peer is, by the path it is dialled at. */
enum Manner {
    /** Answers pings and Close, and what a plugin answers. */
    PROPER,
    /** Writes texts as fast as they are taken. */
    FLOODING,
    /** Takes TCP, and does not answer the upgrade. */
    MUTE,
    /** Answers the upgrade with 503. */
    REFUSING,
    /** Reads, and never answers a Close, nor ends TCP. */
    DEAF,
    /** Likewise, and floods. */
    DEAF_FLOODING,
    /** Reads nothing behind the upgrade. */
    UNREADING;

    boolean floods() {
        return this == FLOODING || this == DEAF_FLOODING;
    }

    boolean answersClose() {
        return this != DEAF && this != DEAF_FLOODING;
    }

    String path() {
        return "/" + name().toLowerCase(Locale.ROOT);
    }

    static Manner at(String path) {
        return valueOf(path.substring(1).toUpperCase(Locale.ROOT));
    }
}
