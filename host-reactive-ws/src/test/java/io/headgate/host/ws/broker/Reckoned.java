package io.headgate.host.ws.broker;

/**
 * What a {@link SteadyReckoning} has found to be right, so that the next one begins there: its copies are consumed.
 *
 * @param published messages
 * @param messages that the plugin saw
 * @param confirmed copies, by a receipt that the plugin saw
 * @param sends of copies that the plugin asked for
 */
record Reckoned(int published, long messages, long confirmed, long sends) {

    /** Nothing yet. */
    static final Reckoned NOTHING = new Reckoned(0, 0, 0, 0);

    /** All that has happened up to now. */
    static Reckoned of(SteadyRun run) {
        SeenEvents seen = run.bridge().seen();
        return new Reckoned(
                run.published(),
                seen.count("MESSAGE"),
                seen.count("RECEIPT") - seen.subscriptions(),
                run.bridge().sent().frames("SEND"));
    }

    Reckoned since(Reckoned earlier) {
        return new Reckoned(
                published - earlier.published,
                messages - earlier.messages,
                confirmed - earlier.confirmed,
                sends - earlier.sends);
    }
}
