package io.headgate.samples.webflux;

import io.headgate.plugin.CommandOutcome;
import io.micrometer.observation.Observation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** One message, from the call to what became of it: its span is as long, also where the caller has gone. */
final class Call {

    private static final Logger LOG = LoggerFactory.getLogger(Call.class);

    private final Observation observation;
    private final Sinks.One<CommandOutcome> outcome = Sinks.one();

    /**
     * Makes a call.
     *
     * @param observation its span, which has begun
     */
    Call(Observation observation) {
        this.observation = observation;
    }

    Mono<CommandOutcome> outcome() {
        return outcome.asMono();
    }

    /** The host has decided. */
    void decided(CommandOutcome decided) {
        observation.highCardinalityKeyValue("command", decided.commandId());
        end(Answer.name(decided.result()), decided.rule().isEmpty() ? "none" : decided.rule());
        outcome.tryEmitValue(decided).orThrow();
    }

    /** It became no command. */
    void refused(Problem why) {
        end("refused", "none");
        outcome.tryEmitError(why).orThrow();
    }

    /** Nobody will tell what became of it. */
    void ended() {
        end("unknown", "none");
        outcome.tryEmitError(Problem.ended()).orThrow();
    }

    /** The one that takes a call from the desk ends it, so it ends once. */
    private void end(String result, String rule) {
        observation
                .lowCardinalityKeyValue("result", result)
                .lowCardinalityKeyValue("rule", rule)
                .scoped(() -> LOG.info("message {}, rule {}", result, rule));
        observation.stop();
    }
}
