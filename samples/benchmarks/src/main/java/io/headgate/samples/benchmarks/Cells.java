package io.headgate.samples.benchmarks;

import static io.headgate.samples.benchmarks.contender.Contenders.HEADGATE_HOST;
import static io.headgate.samples.benchmarks.contender.Contenders.HEADGATE_HOST_HOLD;
import static io.headgate.samples.benchmarks.contender.Contenders.HEADGATE_HOST_TWO_LOOPS;
import static io.headgate.samples.benchmarks.contender.Contenders.HEADGATE_LOOP;
import static io.headgate.samples.benchmarks.contender.Contenders.RAW_NETTY;
import static io.headgate.samples.benchmarks.contender.Contenders.RAW_NETTY_BYTES;
import static io.headgate.samples.benchmarks.contender.Contenders.REACTOR_NETTY;

import io.headgate.samples.benchmarks.contender.Contenders;
import io.headgate.samples.benchmarks.contender.Shape;
import java.util.ArrayList;
import java.util.List;

/** What is measured: the short form, and everything. */
final class Cells {

    static final String FLOOD_64 = "flood 64 B × 1";
    static final String FLOOD_1K = "flood 1 KiB × 10";
    static final String FLOOD_16K = "flood 16 KiB × 10";
    static final String PACED = "paced 20,000/s, 1 KiB × 100";
    static final String SEND_64 = "outbound 64 B × 1";
    static final String SEND_1K = "outbound 1 KiB × 1";
    static final String ROUND_TRIP = "round trip 5,000/s, 100 B × 1";
    static final String IDLE = "idle × 5,000 over 20 services";
    static final String MANY_CONNECTIONS = "growth: connections, 20,000/s";
    static final String MANY_LOOPS = "growth: loops, flood 1 KiB × 10";
    static final String MANY_GRANTS = "growth: grants, outbound 1 KiB";

    /** The floor once more, in a process of its own: what differs between two that are the same. */
    static final String AGAIN = "raw-netty again";

    /** The floor, with a tenth of its own cost on top: what the harness must be able to see. */
    static final String TENTH = "raw-netty + 10 %";

    /** The other end of each growth. */
    static final String THOUSAND = "headgate-host × 1,000";

    private static final int KIB = 1024;
    private static final int PACE = 20_000;
    private static final int QUESTIONS = 5_000;
    private static final int QUESTION = 100;
    private static final List<String> SHORT = List.of(REACTOR_NETTY, HEADGATE_LOOP, HEADGATE_HOST, HEADGATE_HOST_HOLD);

    private Cells() {}

    static List<Cell> of(Settings settings) {
        List<Cell> all = settings.full() ? full() : brief();
        List<Cell> wanted = all.stream()
                .filter(cell -> cell.name().contains(settings.cells()))
                .toList();
        if (wanted.isEmpty()) {
            throw new IllegalArgumentException("bench.cells must be a part of a cell's name, is \"" + settings.cells()
                    + "\"; there are " + all.stream().map(Cell::name).toList());
        }
        return settings.entrants().isEmpty() ? wanted : only(settings.entrants(), wanted);
    }

    /** A cell that has none of them is left out. */
    private static List<Cell> only(List<String> texts, List<Cell> cells) {
        List<Cell> some = cells.stream()
                .map(cell -> only(texts, cell))
                .filter(cell -> cell.entrants().size() > 1)
                .toList();
        if (some.isEmpty()) {
            throw new IllegalArgumentException(
                    "bench.entrants must be parts of entrants' names, is " + texts + "; there are "
                            + cells.stream()
                                    .flatMap(cell -> cell.entrants().stream())
                                    .map(Entrant::label)
                                    .distinct()
                                    .toList());
        }
        return some;
    }

    private static Cell only(List<String> texts, Cell cell) {
        List<Entrant> entrants = cell.entrants().stream()
                .filter(entrant ->
                        entrant.equals(cell.floor()) || texts.stream().anyMatch(entrant.label()::contains))
                .toList();
        return new Cell(cell.name(), cell.kind(), cell.bytes(), cell.perSecond(), entrants);
    }

    private static List<Cell> brief() {
        return List.of(controlled(flood(FLOOD_1K, KIB, 10, SHORT)), paced(SHORT), sending(SEND_1K, KIB, SHORT));
    }

    private static List<Cell> full() {
        List<String> all = List.copyOf(Contenders.names());
        return List.of(
                flood(FLOOD_64, 64, 1, all),
                controlled(flood(FLOOD_1K, KIB, 10, all)),
                flood(FLOOD_16K, 16 * KIB, 10, all),
                paced(all),
                sending(SEND_64, 64, all),
                sending(SEND_1K, KIB, all),
                new Cell(ROUND_TRIP, Cell.Kind.ECHO, QUESTION, QUESTIONS, entrants(all, Shape.of(1), false)),
                new Cell(IDLE, Cell.Kind.IDLE, 0, 0, bare(entrants(all, new Shape(5_000, 20, 1), false))),
                growth(MANY_CONNECTIONS, Cell.Kind.PACED, PACE, Shape.of(10), Shape.of(1_000)),
                new Cell(
                        MANY_LOOPS,
                        Cell.Kind.FLOOD,
                        KIB,
                        0,
                        List.of(
                                Entrant.of(HEADGATE_HOST_HOLD, Shape.of(10)),
                                Entrant.of(HEADGATE_HOST_TWO_LOOPS, Shape.of(10)),
                                Entrant.of(RAW_NETTY, Shape.of(10)))),
                growth(MANY_GRANTS, Cell.Kind.SEND, 0, Shape.of(1), new Shape(1, 1, 1_000)));
    }

    /** Nothing may be lost, so the host holds its peers back. */
    private static Cell flood(String name, int bytes, int connections, List<String> contenders) {
        return new Cell(name, Cell.Kind.FLOOD, bytes, 0, entrants(contenders, Shape.of(connections), true));
    }

    private static Cell paced(List<String> contenders) {
        return new Cell(PACED, Cell.Kind.PACED, KIB, PACE, entrants(contenders, Shape.of(100), false));
    }

    private static Cell sending(String name, int bytes, List<String> contenders) {
        List<Entrant> entrants = new ArrayList<>(bare(entrants(contenders, Shape.of(1), false)));
        // What others should be measured by is the quick way to make a frame; the obvious one is shown beside it.
        entrants.add(0, Entrant.of(RAW_NETTY_BYTES, Shape.of(1)));
        return new Cell(name, Cell.Kind.SEND, bytes, 0, entrants);
    }

    /** The floor is our own small end; what the wire alone grows by is shown beside it. */
    private static Cell growth(String name, Cell.Kind kind, int perSecond, Shape few, Shape many) {
        String bare = kind == Cell.Kind.SEND ? RAW_NETTY_BYTES : RAW_NETTY;
        return new Cell(
                name,
                kind,
                KIB,
                perSecond,
                List.of(
                        Entrant.of(HEADGATE_HOST, few),
                        new Entrant(THOUSAND, HEADGATE_HOST, many, 0),
                        Entrant.of(bare, few),
                        new Entrant(bare + " × 1,000", bare, many, 0)));
    }

    private static Cell controlled(Cell cell) {
        List<Entrant> entrants = new ArrayList<>(cell.entrants());
        entrants.add(new Entrant(AGAIN, RAW_NETTY, cell.floor().shape(), 0));
        entrants.add(new Entrant(TENTH, RAW_NETTY, cell.floor().shape(), 0.10));
        return new Cell(cell.name(), cell.kind(), cell.bytes(), cell.perSecond(), entrants);
    }

    private static List<Entrant> entrants(List<String> contenders, Shape shape, boolean holding) {
        List<Entrant> entrants = new ArrayList<>();
        entrants.add(Entrant.of(RAW_NETTY, shape));
        contenders.stream()
                .filter(name -> !List.of(RAW_NETTY, RAW_NETTY_BYTES, HEADGATE_HOST_TWO_LOOPS)
                        .contains(name))
                .filter(name -> !name.equals(holding ? HEADGATE_HOST : HEADGATE_HOST_HOLD))
                .map(name -> Entrant.of(name, shape))
                .forEach(entrants::add);
        return entrants;
    }

    /** What a contender does with texts that come in makes no difference where none do. */
    private static List<Entrant> bare(List<Entrant> entrants) {
        return entrants.stream()
                .filter(entrant -> !entrant.contender().endsWith(Contenders.SAME))
                .toList();
    }
}
