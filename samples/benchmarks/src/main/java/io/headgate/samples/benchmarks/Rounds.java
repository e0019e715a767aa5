package io.headgate.samples.benchmarks;

import io.headgate.samples.benchmarks.child.Child;
import io.headgate.samples.benchmarks.client.ClientProcess;
import io.headgate.samples.benchmarks.server.LoadServerProcess;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The rounds of one cell: a process for each entrant, a round that does not count, then those that do, with the order reversed
 * in every other one. Where memory is measured, each has a process anew in each round, and none is warmed up. A round in which
 * the floor was unsteady is measured again, {@value #MOST_REPEATED} times at most; what is unsteady then counts, and is reported.
 */
final class Rounds implements AutoCloseable {

    private static final long RUN_IN_MILLIS = 300;
    private static final int MOST_REPEATED = 4;
    private static final String OURS = "headgate";
    /** How many times as long as it is measured. */
    private static final long RECORDED = 3;

    private final Cell cell;
    private final Settings settings;
    private final PrintStream progress;
    private final Trial trial;
    private final Map<Entrant, Child> clients = new LinkedHashMap<>();

    Rounds(Cell cell, Settings settings, Child server, PrintStream progress) {
        this.cell = cell;
        this.settings = settings;
        this.progress = progress;
        this.trial = new Trial(cell, server);
    }

    /** One that all entrants of a cell are measured with. */
    static Child startServer() {
        return Child.start(
                Machine.serverLauncher(), LoadServerProcess.class, Machine.serverOptions(), List.of("server"));
    }

    Result run() {
        if (cell.kind() != Cell.Kind.IDLE) {
            cell.entrants().forEach(this::warmUp);
        }
        List<Round> rounds = new ArrayList<>();
        int most = settings.rounds() + MOST_REPEATED;
        for (int number = 0; number < most && steady(rounds) < settings.rounds(); number++) {
            rounds.add(round(number % 2 == 1));
        }
        int repeated = rounds.size() - settings.rounds();
        rounds.sort(Comparator.comparingDouble(round -> round.unrest(measure())));
        return new Result(cell, rounds.subList(0, settings.rounds()), repeated);
    }

    /**
     * Records our own entrants at work, once more each, for a profile.
     *
     * @param folder where
     * @return the recordings
     */
    List<Path> record(Path folder) {
        List<Path> recordings = new ArrayList<>();
        clients.forEach((entrant, client) -> {
            if (entrant.contender().startsWith(OURS)) {
                Path file = folder.resolve(
                                (cell.name() + " " + entrant.label()).replaceAll("[^A-Za-z0-9]+", "-") + ".jfr")
                        .toAbsolutePath();
                client.ask("record", file);
                measured(entrant, RECORDED * settings.millis());
                client.ask("record", file);
                recordings.add(file);
            }
        });
        return recordings;
    }

    private void start(Entrant entrant) {
        List<String> options = Machine.clientOptions(cell.kind());
        clients.put(entrant, Child.start(List.of(), ClientProcess.class, options, List.of(entrant.contender())));
    }

    /** A part of what the floor has just spent: it is not the same in each round. */
    private void burden(Entrant entrant, Sample floor) {
        if (entrant.addedCost() > 0) {
            client(entrant).ask("burden", entrant.addedCost() * floor.get(Figure.CPU));
        }
    }

    private void warmUp(Entrant entrant) {
        start(entrant);
        measured(entrant, settings.warmUpMillis());
        measured(entrant, settings.millis());
    }

    private Round round(boolean reversed) {
        progress.print('.');
        progress.flush();
        Sample before = counted(cell.floor());
        Map<String, Sample> samples = new LinkedHashMap<>();
        for (Entrant entrant : Round.ordered(others(), reversed)) {
            burden(entrant, before);
            samples.put(entrant.label(), counted(entrant));
        }
        return new Round(before, samples, counted(cell.floor()));
    }

    private Sample counted(Entrant entrant) {
        if (cell.kind() == Cell.Kind.IDLE) {
            renew(entrant);
        }
        return measured(entrant, settings.millis());
    }

    private void renew(Entrant entrant) {
        Child spent = clients.get(entrant);
        if (spent != null) {
            spent.close();
        }
        start(entrant);
    }

    private Sample measured(Entrant entrant, long millis) {
        return trial.run(client(entrant), entrant.shape(), RUN_IN_MILLIS, millis);
    }

    private Child client(Entrant entrant) {
        Child client = clients.get(entrant);
        if (client == null) {
            throw new IllegalStateException(entrant + " has not been started");
        }
        return client;
    }

    private List<Entrant> others() {
        return cell.entrants().subList(1, cell.entrants().size());
    }

    private long steady(List<Round> rounds) {
        return rounds.stream()
                .filter(round -> round.unrest(measure()) <= Round.STEADY)
                .count();
    }

    private Figure measure() {
        return cell.kind() == Cell.Kind.IDLE ? Figure.OPEN_CPU : Figure.CPU;
    }

    @Override
    public void close() {
        clients.values().forEach(Child::close);
    }
}
