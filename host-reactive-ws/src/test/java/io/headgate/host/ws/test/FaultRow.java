package io.headgate.host.ws.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** A row of docs/reference/faults.md, as the page has it or as it happened. Every cell is text. */
record FaultRow(
        String fault,
        String peer,
        String after,
        String events,
        String state,
        String lastError,
        String diagnostics,
        String host) {

    static final String HEADER =
            "| fault | the peer | after | the plugin sees | state | last error |" + " further diagnostics | the host |";
    /** The deadline of the row under test; all others are {@link #LONG}. */
    static final Duration SHORT = Duration.ofSeconds(1);

    static final Duration LONG = Duration.ofMinutes(5);

    static final String AT_ONCE = "at once";

    static String page() {
        try {
            return Files.readString(Path.of(System.getProperty("basedir", ".")).resolve("../docs/reference/faults.md"));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    static Stream<FaultRow> ofThePage() {
        return page().lines()
                .dropWhile(line -> !line.equals(HEADER))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .map(FaultRow::of);
    }

    private static FaultRow of(String line) {
        List<String> cells = Stream.of(line.substring(1, line.length() - 1).split("\\|", -1))
                .map(cell -> cell.replace("`", "").strip())
                .toList();
        return new FaultRow(
                cells.get(0),
                cells.get(1),
                cells.get(2),
                cells.get(3),
                cells.get(4),
                cells.get(5).replace("{" + cells.get(2) + "}", SHORT.toString()),
                cells.get(6),
                cells.get(7));
    }

    Fault named() {
        return Fault.valueOf(fault);
    }

    /** What a deadline is set to while this row is tried. */
    Duration timeout(String setting) {
        return after.equals(setting) ? SHORT : LONG;
    }

    /** As a grant has it. */
    String liveness() {
        String pings = after.equals("pong-timeout") ? "100ms" : "20s";
        return "{ping-interval: " + pings + ", pong-timeout: " + seconds("pong-timeout") + ", no-bytes: "
                + seconds("no-bytes") + "}";
    }

    private String seconds(String setting) {
        return timeout(setting).toSeconds() + "s";
    }

    boolean meetsADeadline() {
        return !after.equals(AT_ONCE);
    }

    @Override
    public String toString() {
        return "| " + String.join(" | ", fault, peer, after, events, state, lastError, diagnostics, host) + " |";
    }
}
