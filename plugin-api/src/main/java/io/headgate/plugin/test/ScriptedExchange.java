package io.headgate.plugin.test;

import io.headgate.plugin.PullException;
import io.headgate.plugin.PullException.Reason;
import io.headgate.plugin.PullWebSocket;
import io.headgate.plugin.PulledText;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/**
 * The far end of one exchange of a plugin under test, made by {@link PluginHarness#exchange}: what the peer says is scripted, what
 * the plugin sends is expected. It keeps the host's default bounds: 60 s of life on the harness's clock, 64 texts each way, one
 * {@code recv} at a time. Everything happens on the test's thread.
 */
public final class ScriptedExchange {

    private static final Duration LIFE = Duration.ofSeconds(60);
    private static final int MOST_TEXTS = 64;

    private final String connection;
    private final Scheduler clock;
    private final Queue<PulledText> waiting = new ArrayDeque<>();
    private final List<String> sent = new ArrayList<>();
    private int arrived;
    private int expected;
    private boolean opened;
    private @Nullable PullException refusal;
    private @Nullable End end;
    private @Nullable Object taker;
    private Sinks.Empty<Void> bell = Sinks.empty();
    private Disposable life = Disposables.disposed();

    /** How it ended. */
    private record End(Reason reason, int code, String detail, boolean keepsTexts) {
        PullException error() {
            return PullException.closed(reason, code, detail);
        }
    }

    ScriptedExchange(String connection, Scheduler clock) {
        this.connection = connection;
        this.clock = clock;
    }

    /**
     * The peer sends a text; also before the plugin has opened the exchange.
     *
     * @param text the message
     * @return this
     */
    public ScriptedExchange text(String text) {
        if (end != null) {
            throw new IllegalStateException("the exchange on \"" + connection + "\" has ended: " + end.detail());
        }
        if (arrived == MOST_TEXTS) {
            end(new End(Reason.FAILED, 1008, "the peer sent more than " + MOST_TEXTS + " texts", true));
            return this;
        }
        arrived++;
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        waiting.add(new PulledText(text, bytes, clock.now(TimeUnit.MILLISECONDS)));
        ring();
        return this;
    }

    /**
     * The peer closes it; what it sent before is still given.
     *
     * @param code the close code
     * @param reason the close reason, empty for none
     * @return this
     */
    public ScriptedExchange closed(int code, String reason) {
        return end(new End(Reason.CLOSED, code, "closed with " + code + " by PEER: " + reason, true));
    }

    /**
     * The connection breaks; where the plugin has not opened it yet, the dial will fail.
     *
     * @param message what happened
     * @return this
     */
    public ScriptedExchange failed(String message) {
        if (!opened) {
            refusal = PullException.of(Reason.DIAL_FAILED, message);
            return this;
        }
        return end(new End(Reason.FAILED, 0, message, true));
    }

    /**
     * The host will refuse it.
     *
     * @param rule the rule, for example {@code exchange-not-granted}
     * @return this
     */
    public ScriptedExchange refused(String rule) {
        if (opened) {
            throw new IllegalStateException("the plugin has opened the exchange already");
        }
        refusal = PullException.refused(rule, rule + ": as scripted");
        return this;
    }

    /**
     * Expects the next text that the plugin sent.
     *
     * @param text the whole text
     * @return this
     */
    public ScriptedExchange expectSend(String text) {
        String next = expected < sent.size() ? sent.get(expected) : null;
        if (!text.equals(next)) {
            throw mismatch("\"" + text + "\" to be sent", next == null ? "nothing" : "\"" + next + "\"");
        }
        expected++;
        return this;
    }

    /**
     * Expects that every text the plugin sent was expected.
     *
     * @return this
     */
    public ScriptedExchange expectNothing() {
        if (expected < sent.size()) {
            throw mismatch("no further text", "\"" + sent.get(expected) + "\"");
        }
        return this;
    }

    /**
     * Expects that the plugin has opened it and that it has ended since, whoever ended it.
     *
     * @return this
     */
    public ScriptedExchange expectClosed() {
        if (!opened || end == null) {
            throw mismatch("its end", opened ? "that it is open" : "that it was not opened");
        }
        return this;
    }

    /**
     * Whether it is open.
     *
     * @return {@code true} from when the plugin has opened it to its end
     */
    public boolean isOpen() {
        return opened && end == null;
    }

    private AssertionError mismatch(String wanted, String found) {
        return new AssertionError(
                "expected " + wanted + " in the exchange on \"" + connection + "\"\n but was " + found);
    }

    Mono<PullWebSocket> open() {
        if (refusal != null) {
            return Mono.error(refusal);
        }
        opened = true;
        if (end == null) {
            life = clock.schedule(this::expire, LIFE.toMillis(), TimeUnit.MILLISECONDS);
        }
        return Mono.just(new Socket());
    }

    private void expire() {
        end(new End(Reason.EXPIRED, 1001, "the exchange lasted " + LIFE + ", its longest life", false));
    }

    void endWithIncarnation() {
        end(new End(Reason.CLOSED, 1001, "the exchange ended with its incarnation of the service", false));
    }

    private ScriptedExchange end(End reached) {
        if (end == null) {
            end = reached;
            life.dispose();
            if (!reached.keepsTexts()) {
                waiting.clear();
            }
            ring();
        }
        return this;
    }

    /** Rung once for each taker; every further time finds it rung. */
    private void ring() {
        bell.tryEmitEmpty();
    }

    private final class Socket implements PullWebSocket {

        @Override
        public String subprotocol() {
            return "";
        }

        @Override
        public Mono<Void> sendText(String text) {
            return Mono.fromRunnable(() -> {
                if (end != null) {
                    throw end.error();
                }
                if (sent.size() == MOST_TEXTS) {
                    throw PullException.refused("exchange-used-up", MOST_TEXTS + " texts were sent, the bound");
                }
                sent.add(text);
            });
        }

        @Override
        public Mono<PulledText> recv(Duration timeout) {
            if (timeout.isNegative()) {
                throw new IllegalArgumentException("timeout must be at least 0, is " + timeout);
            }
            return Mono.defer(() -> {
                if (taker != null) {
                    return Mono.error(PullException.of(Reason.BUSY, "another recv of this exchange waits"));
                }
                Object mine = new Object();
                taker = mine;
                bell = Sinks.empty();
                Mono<Void> worthLooking = !waiting.isEmpty() || end != null
                        ? Mono.empty()
                        : Mono.firstWithSignal(bell.asMono(), tooLate(timeout));
                return Mono.fromSupplier(() -> take(mine))
                        .delaySubscription(worthLooking)
                        .doOnCancel(() -> leave(mine))
                        .doOnTerminate(() -> leave(mine));
            });
        }

        /** Never, where its life is over before. */
        private Mono<Void> tooLate(Duration wait) {
            return wait.compareTo(LIFE) < 0 ? Mono.delay(wait, clock).then() : Mono.never();
        }

        private void leave(Object leaving) {
            taker = taker == leaving ? null : taker;
        }

        private @Nullable PulledText take(Object taking) {
            leave(taking);
            PulledText next = waiting.poll();
            if (next == null && end != null) {
                throw end.error();
            }
            return next;
        }

        @Override
        public Mono<Void> close() {
            return Mono.fromRunnable(() -> end(new End(Reason.CLOSED, 1000, "the plugin closed the exchange", false)));
        }
    }
}
