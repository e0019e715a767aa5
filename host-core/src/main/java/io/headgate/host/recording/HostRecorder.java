package io.headgate.host.recording;

import io.headgate.host.ConfigurationException;
import io.headgate.host.diagnostics.Diagnostic;
import io.headgate.host.diagnostics.DiagnosticLog;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** The recorders of a host's services, and the one thread that writes for them; it is there only while something is written. */
public final class HostRecorder {

    private static final int WAITING_TASKS = 100_000;
    private static final int IDLE_SECONDS = 60;

    private final RecordingSettings settings;
    private final Scheduler clock;
    private final DiagnosticLog log;
    private final Scheduler files;
    private final List<FileRecorder> recorders = new ArrayList<>();

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
        this.files = Schedulers.newBoundedElastic(1, WAITING_TASKS, "headgate-recorder", IDLE_SECONDS, true);
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
        FileRecorder recorder = new FileRecorder(service, settings, clock, files, why -> stopped(service, why));
        recorders.add(recorder);
        return recorder;
    }

    private void stopped(String service, String why) {
        log.record(new Diagnostic.RecordingStopped(clock.now(TimeUnit.MILLISECONDS), service, why));
    }

    /**
     * Writes what waits, and closes the files. What comes later is not recorded.
     *
     * @param patience how long a disk may take
     * @return completes when it is done, or the patience is over. Never fails
     */
    public Mono<Void> close(Duration patience) {
        return Mono.<Void>fromRunnable(() -> recorders.forEach(FileRecorder::close))
                .subscribeOn(files)
                .timeout(patience, Mono.empty(), clock)
                .onErrorComplete(RejectedExecutionException.class)
                .doOnTerminate(files::dispose);
    }
}
