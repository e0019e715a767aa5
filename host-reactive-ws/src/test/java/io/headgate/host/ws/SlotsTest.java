package io.headgate.host.ws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

/** R10: never more at a time than there are slots, first come first served, and no slot is ever lost. */
@Timeout(60)
final class SlotsTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final AtomicInteger waiting = new AtomicInteger();
    private final LongAdder waited = new LongAdder();
    private final Slots slots = new Slots(2, waiting, waited);
    private final List<Integer> begun = new ArrayList<>();

    private Disposable hold(int n, Mono<Integer> work) {
        return slots.hold(work.doFirst(() -> begun.add(n))).subscribe(done -> {}, failed -> {});
    }

    @Test
    void whatFindsNoSlotWaitsInOrder() {
        List<Sinks.One<Integer>> ends =
                Flux.range(0, 5).map(n -> Sinks.<Integer>one()).collectList().block(LIMIT);
        IntStream.range(0, 5).forEach(n -> hold(n, ends.get(n).asMono()));
        assertThat(begun).containsExactly(0, 1);
        assertThat(waiting).hasValue(3);
        assertThat(waited.sum()).isEqualTo(3);

        ends.get(1).tryEmitValue(1).orThrow();
        assertThat(begun).containsExactly(0, 1, 2);
        ends.get(0).tryEmitError(new IllegalStateException("failed")).orThrow();
        ends.get(2).tryEmitEmpty().orThrow();
        assertThat(begun).containsExactly(0, 1, 2, 3, 4);
        assertThat(waiting).hasValue(0);
    }

    @Test
    void theLineIsFirstComeFirstServed() {
        hold(0, Mono.never());
        Sinks.One<Integer> end = Sinks.one();
        IntStream.range(1, 100).forEach(n -> hold(n, n == 1 ? end.asMono() : Mono.empty()));
        end.tryEmitEmpty().orThrow();

        assertThat(begun).isEqualTo(IntStream.range(0, 100).boxed().toList());
    }

    @Test
    void aCancelFreesTheSlotOrThePlaceInTheLine() {
        Disposable first = hold(0, Mono.never());
        hold(1, Mono.never());
        Disposable third = hold(2, Mono.never());
        hold(3, Mono.never());
        third.dispose();
        third.dispose();
        assertThat(waiting).hasValue(1);
        first.dispose();

        assertThat(begun).containsExactly(0, 1, 3);
        assertThat(waiting).hasValue(0);
    }

    @Test
    void theSlotIsFreeWhenTheEndIsTold() {
        hold(0, Mono.never());
        slots.hold(Mono.just(1)).doOnNext(told -> hold(2, Mono.never())).block(LIMIT);

        assertThat(begun).containsExactly(0, 2);
        assertThat(waited.sum()).isZero();
    }

    @Test
    void aLongLineThatFailsAtOnceDoesNotDeepenTheStack() {
        Sinks.One<Integer> end = Sinks.one();
        AtomicInteger failures = new AtomicInteger();
        hold(0, Mono.never());
        hold(1, end.asMono());
        for (int n = 0; n < 20_000; n++) {
            slots.hold(Mono.error(new IllegalStateException("at once")))
                    .subscribe(done -> {}, failed -> failures.incrementAndGet());
        }
        end.tryEmitEmpty().orThrow();

        assertThat(failures).hasValue(20_000);
    }

    @Test
    void workThatThrowsAtOnceKeepsNoSlot() {
        hold(0, Mono.never());
        Mono<Integer> thrown = slots.hold(throwing(new StackOverflowError("made by the test")));
        assertThatThrownBy(thrown::subscribe).isInstanceOf(StackOverflowError.class);
        hold(1, Mono.never());

        assertThat(begun).containsExactly(0, 1);
    }

    @Test
    void workThatThrowsAfterItsWaitStopsNobodyBehindIt() {
        Disposable first = hold(0, Mono.never());
        hold(1, Mono.never());
        slots.hold(throwing(new StackOverflowError("made by the test"))).subscribe();
        hold(2, Mono.never());
        first.dispose();

        assertThat(begun).containsExactly(0, 1, 2);
        assertThat(waiting).hasValue(0);
    }

    @Test
    void workThatThrowsWhatIsNotFatalFails() {
        hold(0, Mono.never());
        StepVerifier.create(slots.hold(throwing(new IllegalStateException("thrown"))))
                .expectErrorMessage("thrown")
                .verify(LIMIT);
        hold(1, Mono.never());

        assertThat(begun).containsExactly(0, 1);
    }

    private static Mono<Integer> throwing(Throwable thrown) {
        return new Mono<>() {
            @Override
            public void subscribe(CoreSubscriber<? super Integer> actual) {
                throw Exceptions.propagate(thrown);
            }
        };
    }

    @Test
    @DisplayName("No slot is lost, whether the work ends, fails, is cancelled or times out, on four threads")
    void underStress() {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Flux.range(0, 40_000)
                .parallel(4)
                .runOn(Schedulers.parallel())
                .flatMap(n -> ending(n, now, most).onErrorComplete(), false, 8, 1)
                .sequential()
                .blockLast(LIMIT);

        assertThat(most.get()).isEqualTo(2);
        assertThat(now).hasValue(0);
        assertThat(waiting).hasValue(0);
        hold(0, Mono.never());
        hold(1, Mono.never());
        hold(2, Mono.never());
        assertThat(begun).as("both slots are free, and no third").containsExactly(0, 1);
    }

    private Mono<Integer> ending(int n, AtomicInteger now, AtomicInteger most) {
        Mono<Integer> work = Mono.using(
                () -> most.accumulateAndGet(now.incrementAndGet(), Math::max),
                busy -> switch (n % 4) {
                    case 0 -> Mono.just(n).publishOn(Schedulers.parallel());
                    case 1 ->
                        Mono.<Integer>error(new IllegalStateException("failed")).publishOn(Schedulers.parallel());
                    default -> Mono.<Integer>never();
                },
                busy -> now.decrementAndGet());
        Mono<Integer> held = slots.hold(work);
        return switch (n % 4) {
            case 2 -> held.timeout(Duration.ofNanos(n % 1000 * 1000L), Mono.empty());
            case 3 -> held.takeUntilOther(Mono.just(n).publishOn(Schedulers.parallel()));
            default -> held;
        };
    }
}
