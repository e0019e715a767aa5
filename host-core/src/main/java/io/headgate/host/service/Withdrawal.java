package io.headgate.host.service;

import io.headgate.host.command.OutboundWriter;
import io.headgate.host.transport.TransportException;
import io.headgate.plugin.FailureKind;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Takes from one attempt, and from the session it may have brought, what is no longer granted. Each way completes when nothing
 * leaves any more that is not allowed.
 *
 * @param attempt the last dial
 * @param writer of its session; null for none
 * @param service whose it is
 */
record Withdrawal(Attempt attempt, @Nullable OutboundWriter writer, ServiceEnvironment service) {

    /** It may not be open any more. */
    Mono<Void> ofAll() {
        Mono<Void> silent = writer == null ? Mono.empty() : writer.revoke();
        return silent.then(Mono.defer(attempt::cutOff));
    }

    /** It may not be open as it was dialled. */
    Mono<Void> ofTerms(TransportException why) {
        return attempt.cutOff(why).then(writer == null ? Mono.empty() : writer.recheck());
    }

    /** It may stay open and send nothing: what was handed over may leave until the close timeout, at which it is cut off. */
    Mono<Void> ofSend() {
        return writer == null ? Mono.empty() : Mono.firstWithSignal(writer.recheck(), tooLate());
    }

    private Mono<Void> tooLate() {
        return Mono.delay(service.settings().closeTimeout(), service.timer())
                .then(Mono.defer(() -> ofTerms(notRidOf())));
    }

    private TransportException notRidOf() {
        return new TransportException(
                FailureKind.TIMEOUT,
                "send is no longer granted, and what was handed over before did not leave within "
                        + service.settings().closeTimeout(),
                null);
    }
}
