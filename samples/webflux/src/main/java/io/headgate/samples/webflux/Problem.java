package io.headgate.samples.webflux;

import io.headgate.plugin.CommandOutcome;
import java.time.Duration;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** An answer that is not 200: Spring writes it as {@code application/problem+json}. */
final class Problem extends ErrorResponseException {

    private static final long serialVersionUID = 1L;

    private static final Map<String, HttpStatus> REJECTED = Map.of(
            "mailbox-full", HttpStatus.TOO_MANY_REQUESTS,
            "over-send-budget", HttpStatus.TOO_MANY_REQUESTS,
            "text-too-large", HttpStatus.CONTENT_TOO_LARGE,
            "text-malformed", HttpStatus.BAD_REQUEST);

    private Problem(HttpStatus status, String detail) {
        super(status, ProblemDetail.forStatusAndDetail(status, detail), null);
        // Also to who accepts nothing but a stream of events.
        getHeaders().setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        if (status == HttpStatus.TOO_MANY_REQUESTS) {
            getHeaders().set(HttpHeaders.RETRY_AFTER, "1");
        }
    }

    /** Of a command that was not sent, or perhaps was. The host's message says what was wrong and what can be done. */
    static Problem of(CommandOutcome outcome) {
        Problem problem = new Problem(status(outcome), outcome.message());
        ProblemDetail body = problem.getBody();
        body.setProperty("result", Answer.name(outcome.result()));
        body.setProperty("rule", outcome.rule());
        body.setProperty("commandId", outcome.commandId());
        return problem;
    }

    /** What HTTP calls an outcome. */
    static HttpStatus status(CommandOutcome outcome) {
        return switch (outcome.result()) {
            case SENT, DONE -> HttpStatus.OK;
            case DENIED -> HttpStatus.FORBIDDEN;
            // Of session, incarnation and service: whoever tries again later may find another one.
            case REJECTED -> REJECTED.getOrDefault(outcome.rule(), HttpStatus.SERVICE_UNAVAILABLE);
            case FAILED -> HttpStatus.BAD_GATEWAY;
        };
    }

    static Problem tooManyCalls(int atOnce) {
        return new Problem(
                HttpStatus.TOO_MANY_REQUESTS,
                atOnce + " messages are undecided, as many as may be at once; raise headgate.messages.at-once");
    }

    static Problem notRunning() {
        return new Problem(HttpStatus.SERVICE_UNAVAILABLE, "the plugin does not run; nothing was sent");
    }

    static Problem ended() {
        return new Problem(
                HttpStatus.SERVICE_UNAVAILABLE,
                "the plugin ended before it was told what became of the message; it may have been sent");
    }

    static Problem late(Duration patience) {
        return new Problem(
                HttpStatus.GATEWAY_TIMEOUT,
                "nobody knows after " + patience.toMillis()
                        + " ms what became of the message; it may still be sent. See headgate.messages.patience");
    }

    static Problem noSeat(int streams) {
        return new Problem(
                HttpStatus.SERVICE_UNAVAILABLE,
                "no stream of events is free, of " + streams
                        + ", or the application stops; see headgate.events.streams");
    }
}
