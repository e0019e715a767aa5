package io.headgate.host.recording;

import io.headgate.host.diagnostics.Printable;
import io.headgate.plugin.CommandOutcome;
import io.headgate.plugin.IngressEvent;
import io.headgate.plugin.OutputCommand;
import io.headgate.plugin.recording.RecordingEntry;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;

/**
 * Records one service into its files: whoever passes by puts into the {@link Backlog}, one thread takes and writes.
 *
 * <pre>
 *   events, commands, outcomes ─► Backlog ─► redaction ─► JSON ─► file
 *   any thread                     bounded    the recorder's thread
 * </pre>
 */
final class FileRecorder implements ServiceRecorder {

    private final String service;
    private final String directory;
    private final Set<String> connections;
    private final RecordingWriter writer;
    private final Scheduler clock;
    private final Scheduler.Worker thread;
    private final Consumer<String> failed;
    private final Backlog backlog = new Backlog();
    /** The one whose entries come. */
    private volatile long incarnation = 1;

    /**
     * Makes one that has recorded nothing.
     *
     * @param service {@code plugin/service}
     * @param settings what, where and how much of it
     * @param clock tells when
     * @param files runs the writing
     * @param failed told why nothing is recorded any more
     */
    FileRecorder(
            String service, RecordingSettings settings, Scheduler clock, Scheduler files, Consumer<String> failed) {
        this.service = service;
        RecordingFolder folder = settings.folder(service);
        this.directory = folder.toString();
        this.connections = settings.connections().getOrDefault(service, Set.of());
        this.writer = new RecordingWriter(service, folder, settings);
        this.clock = clock;
        this.thread = files.createWorker();
        this.failed = failed;
    }

    @Override
    public Flux<IngressEvent> events(Flux<IngressEvent> events) {
        return events.doOnNext(event -> put(event.connection(), new RecordingEntry.Event(now(), event)));
    }

    @Override
    public Flux<OutputCommand> commands(long number, Flux<OutputCommand> commands) {
        return Flux.defer(() -> {
            incarnation = number;
            AtomicBoolean over = new AtomicBoolean();
            return commands.doOnNext(command -> put(command.connection(), new RecordingEntry.Command(now(), command)))
                    .doOnError(error -> ended(over, Printable.error(error)))
                    .doOnComplete(() -> ended(over, ""))
                    .doOnCancel(() -> ended(over, ""));
        });
    }

    /** What has ended may be cancelled all the same. */
    private void ended(AtomicBoolean over, String failure) {
        if (!over.getAndSet(true)) {
            put(new RecordingEntry.Ended(now(), failure));
        }
    }

    @Override
    public void decided(CommandOutcome outcome) {
        put(outcome.connection(), new RecordingEntry.Outcome(now(), outcome));
    }

    @Override
    public Optional<RecordingStatus> status() {
        return Optional.of(backlog.status(service, directory));
    }

    private void put(String connection, RecordingEntry entry) {
        if (connection.isEmpty() || connections.contains(connection)) {
            put(entry);
        }
    }

    private void put(RecordingEntry entry) {
        if (backlog.put(incarnation, entry)) {
            try {
                thread.schedule(this::drain);
            } catch (RejectedExecutionException closed) {
                backlog.end();
            }
        }
    }

    private void drain() {
        try {
            for (Backlog.Waiting next = backlog.take(); next != null; next = backlog.take()) {
                write(next);
            }
            writer.flush();
        } catch (IOException | RuntimeException failure) {
            fail(failure);
        }
    }

    private void write(Backlog.Waiting next) throws IOException {
        boolean written = writer.write(next.incarnation(), next.entry());
        if (next.entry() instanceof RecordingEntry.Missing) {
            return;
        }
        if (written) {
            backlog.written();
        } else {
            backlog.lost();
        }
    }

    private void fail(Exception failure) {
        String why = FileFailure.words(failure);
        if (backlog.fail(why)) {
            failed.accept(why);
            closeWriter();
        }
    }

    /** Writes what waits, and closes the file. On the recorder's thread, behind which nothing is recorded any more. */
    void close() {
        drain();
        long untold = backlog.tell();
        if (untold > 0) {
            noteMissing(untold);
        }
        backlog.end();
        closeWriter();
    }

    private void noteMissing(long untold) {
        try {
            writer.write(incarnation, new RecordingEntry.Missing(now(), untold));
        } catch (IOException failure) {
            fail(failure);
        }
    }

    private void closeWriter() {
        try {
            writer.close();
        } catch (IOException failure) {
            fail(failure);
        }
    }

    private long now() {
        return clock.now(TimeUnit.MILLISECONDS);
    }
}
