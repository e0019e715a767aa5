package io.headgate.samples.benchmarks.server;

import io.headgate.samples.benchmarks.child.Console;
import java.io.IOException;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * The load server as a process.
 *
 * <pre>
 *   port                     ─►  the port
 *   connections              ─►  how many are open
 *   flood BYTES              ─►
 *   pace BYTES PER_SECOND    ─►
 *   time BYTES PER_SECOND    ─►
 *   ping PER_SECOND          ─►  the connection that is opened next; its pongs are timed
 *   unping                   ─►
 *   stop                     ─►  texts sent
 *   received                 ─►  texts received
 *   latencies                ─►  count, p50, p99, p99.9 and the longest, in ns, since the last look
 * </pre>
 */
public final class LoadServerProcess {

    private LoadServerProcess() {}

    /**
     * Serves until its input ends.
     *
     * @param args none
     * @throws IOException when the input cannot be read
     */
    public static void main(String[] args) throws IOException {
        try (LoadServer server = new LoadServer()) {
            Console.serve(words -> answer(server, words));
        }
        System.exit(0);
    }

    private static String answer(LoadServer server, List<String> words) {
        return switch (words.get(0)) {
            case "port" -> Integer.toString(server.port());
            case "connections" -> Integer.toString(server.connections());
            case "flood" -> done(() -> server.flood(number(words, 1)));
            case "pace" -> done(() -> server.pace(number(words, 1), number(words, 2)));
            case "time" -> done(() -> server.time(number(words, 1), number(words, 2)));
            case "ping" -> done(() -> server.ping(number(words, 1)));
            case "unping" -> done(server::pingNoMore);
            case "stop" -> Long.toString(server.stop());
            case "received" -> Long.toString(server.received());
            case "latencies" -> shown(server.latencies());
            default -> throw new IllegalArgumentException("no such word: " + words);
        };
    }

    private static String done(Runnable work) {
        work.run();
        return "";
    }

    private static int number(List<String> words, int index) {
        return Integer.parseInt(words.get(index));
    }

    private static String shown(Histogram latencies) {
        return latencies.getTotalCount() + " " + latencies.getValueAtPercentile(50) + " "
                + latencies.getValueAtPercentile(99) + " " + latencies.getValueAtPercentile(99.9) + " "
                + latencies.getMaxValue();
    }
}
