package io.headgate.host.ws;

import io.headgate.host.authority.AddressPolicy;
import io.headgate.host.authority.DialTerms;
import io.headgate.host.authority.Target;
import io.headgate.host.transport.ConnectionDriver;
import io.headgate.host.transport.ConnectionSpec;
import io.headgate.host.transport.DialTimeouts;
import io.headgate.host.transport.Frame;
import io.headgate.host.transport.Session;
import io.headgate.host.transport.TransportException;
import io.headgate.plugin.FailureKind;
import java.time.Duration;
import java.util.Objects;
import org.assertj.core.api.Assertions;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** One dial, recorded: its session, its frames and how its life ended. */
final class Recording {

    static final Duration LIMIT = Duration.ofSeconds(20);

    private final Sinks.One<Session> opened = Sinks.one();
    private final Sinks.One<String> thread = Sinks.one();
    private final Sinks.Many<Frame> frames = Sinks.many().replay().all();
    private final Disposable life;

    private Recording(ConnectionDriver driver, ConnectionSpec spec) {
        life = driver.connect(spec, this::handle)
                .subscribe(nothing -> {}, frames::tryEmitError, frames::tryEmitComplete);
    }

    static Recording of(ConnectionDriver driver, ConnectionSpec spec) {
        return new Recording(driver, spec);
    }

    static ConnectionSpec spec(Target target, String service) {
        return spec(target, service, 1024, DialTimeouts.defaults());
    }

    static ConnectionSpec spec(Target target, String service, int maxMessageBytes) {
        return spec(target, service, maxMessageBytes, DialTimeouts.defaults());
    }

    static ConnectionSpec spec(Target target, String service, DialTimeouts timeouts) {
        return spec(target, service, 1024, timeouts);
    }

    static ConnectionSpec spec(Target target, AddressPolicy addresses) {
        return new ConnectionSpec(
                "s", "gateway", target, DialTerms.of(addresses), 1024, DialTimeouts.defaults(), Duration.ofMillis(500));
    }

    static ConnectionSpec spec(Target target, DialTerms terms) {
        return new ConnectionSpec("s", "gateway", target, terms, 1024, DialTimeouts.defaults(), Duration.ofMillis(500));
    }

    private static ConnectionSpec spec(Target target, String service, int maxMessageBytes, DialTimeouts timeouts) {
        return new ConnectionSpec(
                service,
                "gateway",
                target,
                DialTerms.of(AddressPolicy.LOOPBACK),
                maxMessageBytes,
                timeouts,
                Duration.ofMillis(500));
    }

    private Mono<Void> handle(Session session) {
        thread.tryEmitValue(Thread.currentThread().getName()).orThrow();
        opened.tryEmitValue(session).orThrow();
        return session.frames()
                .doOnNext(frame -> frames.tryEmitNext(frame).orThrow())
                .then();
    }

    Session session() {
        return Objects.requireNonNull(opened.asMono().block(LIMIT));
    }

    /** The thread the session lives on. */
    String thread() {
        return Objects.requireNonNull(thread.asMono().block(LIMIT));
    }

    /** What came; ends as the connection's life did. */
    Flux<Frame> frames() {
        return frames.asFlux();
    }

    void cancel() {
        life.dispose();
    }

    /** The failure that ended it. */
    TransportException failure(FailureKind kind) {
        try {
            frames.asFlux().blockLast(LIMIT);
        } catch (TransportException failure) {
            Assertions.assertThat(failure.kind()).isEqualTo(kind);
            Assertions.assertThat(failure).hasNoCause();
            Assertions.assertThat(failure.getMessage())
                    .hasSizeLessThanOrEqualTo(256)
                    .doesNotContain("secret");
            return failure;
        }
        throw new AssertionError("the connection did not fail");
    }
}
