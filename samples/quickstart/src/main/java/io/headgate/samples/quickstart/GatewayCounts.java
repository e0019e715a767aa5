package io.headgate.samples.quickstart;

/**
 * What the gateway saw, by its own count.
 *
 * @param chat the frames of {@code /v1/gateway}
 * @param feed the frames of {@code /v1/feed}
 * @param identifies how many clients identified themselves
 * @param replies how many messages were replied to
 * @param unanswered how many messages of sessions that have ended were not
 * @param violations how many sessions were closed for breaking a rule
 */
record GatewayCounts(Frames chat, Frames feed, long identifies, long replies, long unanswered, long violations) {

    /**
     * The text frames of one path.
     *
     * @param sent how many the kernel accepted
     * @param received how many arrived
     */
    record Frames(long sent, long received) {

        Frames plus(Frames other) {
            return new Frames(sent + other.sent, received + other.received);
        }
    }
}
