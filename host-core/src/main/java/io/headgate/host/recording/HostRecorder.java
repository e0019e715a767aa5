package io.headgate.host.recording;

import io.headgate.host.ConfigurationException;
import io.headgate.host.diagnostics.Diagnostic;
import io.headgate.host.diagnostics.DiagnosticLog;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** The recorders of a host's services, and the one thread that writes for them. */
public final class HostRecorder {

    private static final int WAITING_TASKS = 100_000;
    private static final int IDLE_SECONDS = 60;
    /** How long a disk may take for what waits, at the host's stop. */
    private static final Duration CLOSED_WITHIN = Duration.ofSeconds(5);

    private final RecordingSettings settings;
    private final Scheduler clock;
    private final DiagnosticLog log;
    private final List<FileRecorder> recorders = new ArrayList<>();
    private final Mono<Void> closed;
    /** Made when there is something to write; guarded by this. */
    private @Nullable Scheduler files;

    /**
     * Makes one that records nothing yet.
     *
     * @param settings what is recorded, and where
     * @param dialled what there is to be recorded: names of connections by {@code plugin/service}
     * @param clock tells when
     * @param log told what cannot be recorded any more
     * @throws IllegalArgumentException if something is to be recorded that is not there
     */
    public HostRecorder(
            RecordingSettings settings, Map<String, List<String>> dialled, Scheduler clock, DiagnosticLog log) {
        settings.connections()
                .forEach((service, names) -> names.forEach(name -> requireDialled(service, name, dialled)));
        this.settings = settings;
        this.clock = clock;
        this.log = log;
        this.closed = Mono.defer(this::closing).cache();
    }

    /** Who mistypes a name would find out when the recording is needed. */
    private static void requireDialled(String service, String connection, Map<String, List<String>> dialled) {
        if (!dialled.getOrDefault(service, List.of()).contains(connection)) {
            throw new IllegalArgumentException("connection " + connection + " of " + service
                    + " is to be recorded, and no manifest declares it to be dialled by the host; declared are "
                    + dialled);
        }
    }

    /**
     * Makes the recorder of a service. Before the host runs, on one thread: it makes the service's folder.
     *
     * @param service {@code plugin/service}
     * @return the recorder; {@link ServiceRecorder#OFF} where none of its connections is to be recorded
     * @throws ConfigurationException if nothing can be written there
     */
    public ServiceRecorder of(String service) {
        if (!settings.connections().containsKey(service)) {
            return ServiceRecorder.OFF;
        }
        RecordingFolder folder = settings.folder(service);
        try {
            folder.prepare();
        } catch (IOException failure) {
            throw new ConfigurationException(
                    List.of(new ConfigurationException.Problem(
                            folder.toString(), 0, 0, "", "cannot be recorded into: " + FileFailure.words(failure))),
                    failure);
        }
        FileRecorder recorder = new FileRecorder(
                service, settings, clock, task -> files().schedule(task), why -> stopped(service, why));
        recorders.add(recorder);
        return recorder;
    }

    private synchronized Scheduler files() {
        Scheduler made = files;
        if (made == null) {
            made = Schedulers.newBoundedElastic(1, WAITING_TASKS, "headgate-recorder", IDLE_SECONDS, true);
            files = made;
        }
        return made;
    }

    private void stopped(String service, String why) {
        log.record(new Diagnostic.RecordingStopped(clock.now(TimeUnit.MILLISECONDS), service, why));
    }

    /**
     * Writes what waits, and closes the files. What comes later is not recorded.
     *
     * @return completes when it is done, after 5 s at the latest. It is done once, whoever else subscribes. Never fails
     */
    public Mono<Void> close() {
        return closed;
    }

    /** Gracefully, as an interrupted thread would not be fit for whoever goes on behind this. */
    private Mono<Void> closing() {
        Scheduler thread = files();
        return Mono.<Void>fromRunnable(() -> recorders.forEach(FileRecorder::close))
                .subscribeOn(thread)
                .then(thread.disposeGracefully())
                .timeout(CLOSED_WITHIN, Mono.fromRunnable(thread::dispose), clock);
    }
}
