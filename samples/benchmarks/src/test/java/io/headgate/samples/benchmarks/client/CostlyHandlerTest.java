package io.headgate.samples.benchmarks.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.samples.benchmarks.contender.Contender;
import io.headgate.samples.benchmarks.contender.Recipient;
import io.headgate.samples.benchmarks.contender.Shape;
import io.headgate.samples.benchmarks.contender.Task;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class CostlyHandlerTest {

    private static final Contender NOBODY = new Contender() {
        @Override
        public CompletionStage<Void> open(URI target, Shape shape, Task task) {
            return CompletableFuture.completedStage(null);
        }

        @Override
        public CompletionStage<Void> close() {
            return CompletableFuture.completedStage(null);
        }
    };

    private final List<String> taken = new ArrayList<>();

    @Test
    void spends_what_it_was_told_to() {
        Recipient costly = new CostlyHandler(1_000).apply(taken::add);
        long began = System.nanoTime();
        for (int text = 0; text < 10_000; text++) {
            costly.text("text");
        }
        // All but the last lump, which is not due yet. There is no upper bound: others use the processor too.
        assertThat(System.nanoTime() - began).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(9));
        assertThat(taken).hasSize(10_000);
    }

    @Test
    void costs_nothing_where_there_is_no_cost() {
        Recipient recipient = taken::add;
        assertThat(new CostlyHandler(0).apply(recipient)).isSameAs(recipient);
    }

    @Test
    void a_client_hands_out_the_burden_it_was_given_last() {
        Client client = new Client(NOBODY);
        Recipient free = client.receive(Shape.of(1)).recipients().apply(0);
        client.burden(1_000);
        Recipient costly = client.receive(Shape.of(1)).recipients().apply(0);
        assertThat(costly.getClass()).isNotEqualTo(free.getClass());
    }

    @Test
    void deliveries_are_counted_by_connection_and_summed() {
        Deliveries deliveries = new Deliveries(2);
        deliveries.recipient(0).text("a");
        deliveries.recipient(1).text("b");
        deliveries.recipient(1).text("c");
        assertThat(deliveries.total()).isEqualTo(3);
    }
}
