package io.headgate.samples.quickstart;

import java.time.Duration;

/**
 * What the gateway does when, and how patient it is.
 *
 * @param heartbeat how often a client has to beat; it is closed after twice as long
 * @param identifyWithin how long a client may take to identify itself
 * @param message how often somebody says something
 * @param burst when, after the first client is ready, many things are said at once
 * @param burstMessages how many
 * @param drop when, after the first client is ready, its connection is cut without a Close frame
 * @param feed how often the feed announces a line
 */
record Story(
        Duration heartbeat,
        Duration identifyWithin,
        Duration message,
        Duration burst,
        int burstMessages,
        Duration drop,
        Duration feed) {

    /** Fits burst, drop and what follows them into a run, with time left for a slow start. */
    static Story within(Duration run) {
        return new Story(
                Duration.ofSeconds(1),
                Duration.ofSeconds(2),
                Duration.ofMillis(400),
                run.dividedBy(5),
                400,
                run.multipliedBy(9).dividedBy(20),
                Duration.ofSeconds(2));
    }
}
