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
import java.util.function.Supplier;
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

    /** How many entries are written before another service has its turn. */
    private static final int AT_ONCE = 256;

    private final String service;
    private final String directory;
    private final Set<String> connections;
    private final RecordingWriter writer;
    private final Scheduler clock;
    private final Consumer<Runnable> thread;
    private final Consumer<String> failed;
    private final Backlog backlog = new Backlog();

    /**
     * Makes one that has recorded nothing.
     *
     * @param service {@code plugin/service}
     * @param settings what, where and how much of it
     * @param clock tells when
     * @param thread runs the writing, one task at a time; may refuse it once all is over
     * @param failed told why nothing is recorded any more
     */
    FileRecorder(
            String service,
            RecordingSettings settings,
            Scheduler clock,
            Consumer<Runnable> thread,
            Consumer<String> failed) {
        this.service = service;
        RecordingFolder folder = settings.folder(service);
        this.directory = folder.toString();
        this.connections = settings.connections().getOrDefault(service, Set.of());
        this.writer = new RecordingWriter(service, folder, settings);
        this.clock = clock;
        this.thread = thread;
        this.failed = failed;
    }

    @Override
    public Flux<IngressEvent> events(Flux<IngressEvent> events) {
        return events.doOnNext(event -> put(event.connection(), new RecordingEntry.Event(now(), event)))
                .doOnComplete(() -> put(new RecordingEntry.Completed(now())));
    }

    @Override
    public Flux<OutputCommand> commands(long incarnation, Flux<OutputCommand> commands, Supplier<String> whyCancelled) {
        return Flux.defer(() -> {
            backlog.begin(new Life(incarnation, now()));
            AtomicBoolean over = new AtomicBoolean();
            return commands.doOnNext(command -> issued(over, command))
                    .doOnError(error -> ended(over, Printable.error(error)))
                    .doOnComplete(() -> ended(over, ""))
                    .doOnCancel(() -> ended(over, whyCancelled.get()));
        });
    }

    /** What a plugin goes on to emit behind a cancel reaches nobody. */
    private void issued(AtomicBoolean over, OutputCommand command) {
        if (!over.get()) {
            put(command.connection(), new RecordingEntry.Command(now(), command));
        }
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
        if (backlog.put(entry)) {
            schedule();
        }
    }

    private void schedule() {
        try {
            thread.accept(this::drain);
        } catch (RejectedExecutionException closed) {
            backlog.end();
        }
    }

    private void drain() {
        if (writeSome()) {
            schedule();
        }
    }

    /** Answers whether more may wait. Whatever goes wrong ends the recording, and nothing else. */
    private boolean writeSome() {
        try {
            for (int each = 0; each < AT_ONCE; each++) {
                Backlog.Waiting next = backlog.take();
                if (next == null) {
                    writer.flush();
                    return false;
                }
                write(next);
            }
            return true;
        } catch (Throwable failure) {
            fail(failure);
            return false;
        }
    }

    private void write(Backlog.Waiting next) throws IOException {
        boolean written = writer.write(next.life(), next.entry());
        if (next.isNote()) {
            return;
        }
        if (written) {
            backlog.written();
        } else {
            backlog.lost();
        }
    }

    private void fail(Throwable failure) {
        String why = FileFailure.words(failure);
        if (backlog.fail(why)) {
            failed.accept(why);
            closeWriter();
        }
    }

    /** Writes what waits, and closes the file. On the recorder's thread, behind which nothing is recorded any more. */
    void close() {
        backlog.tell();
        while (writeSome()) {
            // Until nothing waits.
        }
        backlog.end();
        closeWriter();
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
