package io.headgate.samples.webflux;

import io.headgate.plugin.CommandOutcome;
import jakarta.validation.Valid;
import java.time.Duration;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The HTTP side. */
@RestController
final class RelayController {

    private final Audience audience;
    private final Calls calls;
    private final Duration patience;

    RelayController(Audience audience, Calls calls, HeadgateProperties properties) {
        this.audience = audience;
        this.calls = calls;
        this.patience = properties.messages().patience();
    }

    @GetMapping(path = "/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    Flux<ServerSentEvent<String>> events() {
        return audience.events();
    }

    @PostMapping("/messages")
    Mono<Answer> send(@Valid @RequestBody Message message) {
        return calls.send(message)
                .timeout(patience, Mono.error(() -> Problem.late(patience)))
                .map(RelayController::answer);
    }

    private static Answer answer(CommandOutcome outcome) {
        if (Problem.status(outcome) != HttpStatus.OK) {
            throw Problem.of(outcome);
        }
        return Answer.of(outcome);
    }
}
