package io.headgate.samples.benchmarks.client;

import io.headgate.samples.benchmarks.child.Console;
import io.headgate.samples.benchmarks.contender.Contenders;
import io.headgate.samples.benchmarks.contender.Shape;
import io.headgate.samples.benchmarks.contender.Task;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.List;
import jdk.jfr.Configuration;
import jdk.jfr.Recording;
import org.jspecify.annotations.Nullable;

/**
 * One contender in a process of its own.
 *
 * <pre>
 *   burden NANOS      ─►  the deliberate cost of each text, from the next open on; none at first
 *   open URI CONNECTIONS SERVICES GRANTS receive|send|echo|idle [BYTES]   ─►  ns and CPU ns it took
 *   measure MILLIS    ─►  ns, texts delivered, CPU ns and allocated bytes, meanwhile
 *   drain EXPECTED    ─►  texts delivered since open
 *   memory            ─►  heap and resident bytes, after a collection
 *   record FILE       ─►  begins a flight recording; a further one ends it
 *   close             ─►
 * </pre>
 */
public final class ClientProcess {

    private final Client client;
    private @Nullable Recording recording;

    private ClientProcess(Client client) {
        this.client = client;
    }

    /**
     * Serves until its input ends.
     *
     * @param args the contender's name
     * @throws IOException when the input cannot be read
     */
    public static void main(String[] args) throws IOException {
        Client client = new Client(Contenders.named(args[0]));
        Console.serve(new ClientProcess(client)::answer);
        System.exit(0);
    }

    private String answer(List<String> words) {
        return switch (words.get(0)) {
            case "burden" -> burden(Double.parseDouble(words.get(1)));
            case "open" -> open(words);
            case "measure" -> shown(client.measure(Long.parseLong(words.get(1))));
            case "drain" -> Long.toString(client.drain(Long.parseLong(words.get(1))));
            case "memory" -> Meter.heapBytes() + " " + Meter.residentBytes();
            case "record" -> record(Path.of(String.join(" ", words.subList(1, words.size()))));
            case "close" -> close();
            default -> throw new IllegalArgumentException("no such word: " + words);
        };
    }

    private String burden(double nanosEach) {
        client.burden(nanosEach);
        return "";
    }

    private String open(List<String> words) {
        Shape shape = new Shape(number(words, 2), number(words, 3), number(words, 4));
        Client.Cost cost = client.open(URI.create(words.get(1)), shape, task(shape, words));
        return cost.nanos() + " " + cost.cpuNanos();
    }

    private Task task(Shape shape, List<String> words) {
        return switch (words.get(5)) {
            case "receive" -> client.receive(shape);
            case "send" ->
                new Task.Send("0123456789".repeat(number(words, 6) / 10 + 1).substring(0, number(words, 6)));
            case "echo" -> new Task.Echo();
            case "idle" -> new Task.Idle();
            default -> throw new IllegalArgumentException("no such task: " + words);
        };
    }

    private String close() {
        client.close();
        return "";
    }

    private String record(Path file) {
        Recording running = recording;
        try {
            if (running == null) {
                running = new Recording(Configuration.getConfiguration("profile"));
                running.start();
                recording = running;
            } else {
                running.stop();
                running.dump(file);
                running.close();
                recording = null;
            }
        } catch (IOException | ParseException failed) {
            throw new IllegalStateException("no recording in " + file, failed);
        }
        return "";
    }

    private static String shown(Client.Cost cost) {
        return cost.nanos() + " " + cost.delivered() + " " + cost.cpuNanos() + " " + cost.allocatedBytes();
    }

    private static int number(List<String> words, int index) {
        return Integer.parseInt(words.get(index));
    }
}
