package io.headgate.host.ws.broker;

/**
 * What a broker has counted since it started, over all its queues. These are its global counters, which it raises with
 * each message and reads when asked; the rates and totals of its management pages are sampled every five seconds.
 *
 * @param received messages that publishers sent
 * @param routed messages that reached a queue, once for each queue
 * @param unroutable messages that reached no queue and were dropped
 * @param confirmed messages that a publisher was told are taken; STOMP's receipt of a SEND is one
 * @param delivered messages handed to consumers, again when redelivered
 * @param redelivered messages handed to consumers that had been handed out before
 * @param acknowledged messages that consumers acknowledged
 */
public record BrokerTotals(
        long received,
        long routed,
        long unroutable,
        long confirmed,
        long delivered,
        long redelivered,
        long acknowledged) {

    /** Reads them from the broker's page of metrics, where a counter is a line for each protocol and queue type. */
    static BrokerTotals parse(String metrics) {
        return new BrokerTotals(
                sum(metrics, "received"),
                sum(metrics, "routed"),
                sum(metrics, "unroutable_dropped"),
                sum(metrics, "confirmed"),
                sum(metrics, "delivered"),
                sum(metrics, "redelivered"),
                sum(metrics, "acknowledged"));
    }

    /** What was counted since an earlier look. */
    public BrokerTotals since(BrokerTotals earlier) {
        return new BrokerTotals(
                received - earlier.received,
                routed - earlier.routed,
                unroutable - earlier.unroutable,
                confirmed - earlier.confirmed,
                delivered - earlier.delivered,
                redelivered - earlier.redelivered,
                acknowledged - earlier.acknowledged);
    }

    /** Both together: the counts of a broker that was started again, and of its life before. */
    public BrokerTotals plus(BrokerTotals later) {
        return new BrokerTotals(
                received + later.received,
                routed + later.routed,
                unroutable + later.unroutable,
                confirmed + later.confirmed,
                delivered + later.delivered,
                redelivered + later.redelivered,
                acknowledged + later.acknowledged);
    }

    private static long sum(String metrics, String counter) {
        String name = "rabbitmq_global_messages_" + counter + "_total{";
        return metrics.lines()
                .filter(line -> line.startsWith(name))
                .mapToLong(line -> Long.parseLong(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
