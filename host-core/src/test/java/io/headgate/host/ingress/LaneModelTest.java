package io.headgate.host.ingress;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.state.Action;
import net.jqwik.api.state.ActionChain;
import net.jqwik.api.state.Transformer;

/**
 * R3, R10, invariants 2 to 5: whatever happens, in whatever order, a lane does what {@link LaneModel} says: the same events, the
 * same ledger, after every step; fused and not.
 */
final class LaneModelTest {

    private static final AtomicLong CHAINS = new AtomicLong();
    private static final AtomicLong STEPS = new AtomicLong();
    private static final AtomicLong TURNS = new AtomicLong();
    private static final AtomicLong DELIVERED = new AtomicLong();

    @AfterContainer
    static void tell() {
        System.out.println("lane: model: " + CHAINS + " chains, " + STEPS + " actions, " + TURNS + " turns, "
                + DELIVERED + " events delivered");
    }

    @Property(tries = 2_000, shrinking = ShrinkingMode.BOUNDED)
    void a_lane_does_what_the_model_says(@ForAll("chains") ActionChain<ModelledLane> chain) {
        ModelledLane last = chain.withInvariant(ModelledLane::check).run();
        CHAINS.incrementAndGet();
        STEPS.addAndGet(chain.transformations().size());
        TURNS.addAndGet(last.turns());
        DELIVERED.addAndGet(last.delivered());
    }

    @Provide
    Arbitrary<ActionChain<ModelledLane>> chains() {
        return Combinators.combine(bounds(), Arbitraries.of(ModelledLane.Downstream.values()))
                .flatAs(LaneModelTest::chain);
    }

    private static Arbitrary<LaneBounds> bounds() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 8),
                        Arbitraries.longs().between(20, 120),
                        Arbitraries.of(OverflowPolicy.values()),
                        Arbitraries.of(100, 67, 50, 34))
                .filter((events, bytes, policy, share) ->
                        policy != OverflowPolicy.DROP_OLDEST || events * share / 100 >= 2)
                .as(LaneBounds::new);
    }

    private static Arbitrary<ActionChain<ModelledLane>> chain(LaneBounds bounds, ModelledLane.Downstream downstream) {
        return ActionChain.startWith(() -> new ModelledLane(bounds, downstream))
                .withAction(50, text())
                .withAction(20, control())
                .withAction(18, request())
                .withAction(6, action("turn", ModelledLane::turn))
                .withAction(4, action("cancel", ModelledLane::cancel))
                .withAction(4, action("fail at the next event", ModelledLane::failNext))
                .withAction(3, action("discard what waits", ModelledLane::discardWaiting))
                .withAction(1, action("many answers", ModelledLane::manyAnswers))
                .withAction(1, action("complete", ModelledLane::complete))
                .withAction(1, action("close", ModelledLane::close))
                .withMaxTransformations(80);
    }

    private static Action.Independent<ModelledLane> text() {
        return () -> Combinators.combine(
                        Arbitraries.of(ModelledLane.CONNECTIONS),
                        Arbitraries.integers().between(0, 60))
                .as((connection, bytes) ->
                        Transformer.mutate(bytes + " bytes from " + connection, lane -> lane.text(connection, bytes)));
    }

    private static Action.Independent<ModelledLane> control() {
        return () -> Combinators.combine(
                        Arbitraries.of(ModelledLane.CONNECTIONS), Arbitraries.of(ModelledLane.Control.values()))
                .as((connection, kind) ->
                        Transformer.mutate(kind + " from " + connection, lane -> lane.control(connection, kind)));
    }

    private static Action.Independent<ModelledLane> request() {
        return () -> Arbitraries.longs()
                .between(1, 6)
                .map(more -> Transformer.mutate("request " + more, lane -> lane.request(more)));
    }

    private static Action.Independent<ModelledLane> action(String name, Consumer<ModelledLane> action) {
        return Action.just(Transformer.mutate(name, action));
    }
}
