package io.headgate.host.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.transport.Frame;
import io.headgate.host.transport.Session;
import io.headgate.host.transport.TransportException;
import io.headgate.host.transport.Unread;
import io.headgate.host.transport.Wire;
import io.headgate.host.transport.WriteListener;
import io.headgate.plugin.FailureKind;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** R8: a cut that meets the session's thread. */
final class AttemptTest {

    private static final Duration A_MOMENT = Duration.ofMillis(20);
    private static final Duration LONG = Duration.ofSeconds(10);

    private final Queue<Runnable> sessionsThread = new ArrayDeque<>();
    private final Attempt attempt = new Attempt(null);
    private boolean threadEnded;

    @Test
    @DisplayName("what is cut off while the peer accepts does not begin")
    void aCutBeforeTheSession() {
        attempt.cutOff();

        assertThat(attempt.begins(new OnThread())).isFalse();
        StepVerifier.create(attempt.live(Mono.never()))
                .then(() -> sessionsThread.remove().run())
                .expectComplete()
                .verify(LONG);
    }

    @Test
    @DisplayName("what is cut off is over when the session's thread has done what it was about, and with the reason")
    void aCutBesideTheSessionsThread() {
        TransportException why = new TransportException(FailureKind.TIMEOUT, "why", null);
        assertThat(attempt.begins(new OnThread())).isTrue();

        StepVerifier.create(attempt.live(Mono.never()))
                .then(() -> attempt.cutOff(why))
                .expectNoEvent(A_MOMENT)
                .then(() -> sessionsThread.remove().run())
                .expectErrorMatches(why::equals)
                .verify(LONG);
        StepVerifier.create(attempt.cutOff()).expectComplete().verify(LONG);
    }

    @Test
    void aCutBehindTheEndOfTheSessionsThread() {
        threadEnded = true;
        attempt.begins(new OnThread());

        StepVerifier.create(attempt.live(Mono.never()))
                .then(attempt::cutOff)
                .expectComplete()
                .verify(LONG);
    }

    @Test
    @DisplayName("a session that ends by itself needs no further turn of its thread")
    void anEndWithoutACut() {
        attempt.begins(new OnThread());

        StepVerifier.create(attempt.live(Mono.empty())).expectComplete().verify(LONG);
        assertThat(sessionsThread).isEmpty();
    }

    /** Runs nothing by itself. */
    private final class OnThread implements Session, Wire {

        @Override
        public boolean execute(Runnable task) {
            return !threadEnded && sessionsThread.add(task);
        }

        @Override
        public Wire wire() {
            return this;
        }

        @Override
        public String subprotocol() {
            return "";
        }

        @Override
        public Flux<Frame> frames() {
            return Flux.never();
        }

        @Override
        public Unread unread() {
            return Unread.NOTHING;
        }

        @Override
        public long reads() {
            return 0;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public boolean isWritable() {
            return true;
        }

        @Override
        public void write(String text, WriteListener listener) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void flush() {}

        @Override
        public void ping(long number) {}

        @Override
        public void close(int code, String reason) {}

        @Override
        public void abort() {}

        @Override
        public void onChange(Runnable listener) {}
    }
}
