package io.headgate.host.recording;

import io.headgate.plugin.CommandOutcome;
import io.headgate.plugin.IngressEvent;
import io.headgate.plugin.OutputCommand;
import java.util.Optional;
import java.util.function.Supplier;
import reactor.core.publisher.Flux;

/** Takes down what passes between the host and one service. Holds nothing up, and never fails what passes. */
public interface ServiceRecorder {

    /** Records nothing, and leaves the way as it is. */
    ServiceRecorder OFF = new ServiceRecorder() {
        @Override
        public Flux<IngressEvent> events(Flux<IngressEvent> events) {
            return events;
        }

        @Override
        public Flux<OutputCommand> commands(
                long incarnation, Flux<OutputCommand> commands, Supplier<String> whyCancelled) {
            return commands;
        }

        @Override
        public void decided(CommandOutcome outcome) {
            // Nobody listens.
        }

        @Override
        public Optional<RecordingStatus> status() {
            return Optional.empty();
        }
    };

    /**
     * Stands where the plugin is handed its events.
     *
     * @param events an incarnation's events
     * @return the same
     */
    Flux<IngressEvent> events(Flux<IngressEvent> events);

    /**
     * Stands where the plugin issues its commands; the incarnation begins with the subscription.
     *
     * @param incarnation its number, from 1
     * @param commands the incarnation's commands
     * @param whyCancelled what the plugin's code has thrown besides; empty where the host ends it for another reason
     * @return the same
     */
    Flux<OutputCommand> commands(long incarnation, Flux<OutputCommand> commands, Supplier<String> whyCancelled);

    /**
     * A command was decided.
     *
     * @param outcome what became of it
     */
    void decided(CommandOutcome outcome);

    /**
     * How the recording is.
     *
     * @return empty where nothing is recorded
     */
    Optional<RecordingStatus> status();
}
