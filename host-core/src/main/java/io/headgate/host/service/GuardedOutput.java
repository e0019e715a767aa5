package io.headgate.host.service;

import io.headgate.plugin.OutputCommand;
import java.util.function.Consumer;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * The plugin's output, from which nothing is thrown: what Reactor does not turn into a signal, since it counts it as fatal to
 * the JVM, would else leave an incarnation that neither ends nor goes on.
 */
final class GuardedOutput extends Flux<OutputCommand> {

    private final Flux<OutputCommand> output;
    private final Consumer<Throwable> thrown;

    GuardedOutput(Flux<OutputCommand> output, Consumer<Throwable> thrown) {
        this.output = output;
        this.thrown = thrown;
    }

    @Override
    public void subscribe(CoreSubscriber<? super OutputCommand> host) {
        guarded(() -> output.subscribe(new Guard(host)));
    }

    private void guarded(Runnable pluginCode) {
        try {
            pluginCode.run();
        } catch (Throwable fatal) {
            thrown.accept(fatal);
        }
    }

    private final class Guard implements CoreSubscriber<OutputCommand>, Subscription {

        private final CoreSubscriber<? super OutputCommand> host;
        private Subscription plugin = Operators.emptySubscription();

        Guard(CoreSubscriber<? super OutputCommand> host) {
            this.host = host;
        }

        @Override
        public Context currentContext() {
            return host.currentContext();
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            plugin = subscription;
            host.onSubscribe(this);
        }

        @Override
        public void request(long more) {
            guarded(() -> plugin.request(more));
        }

        @Override
        public void cancel() {
            guarded(plugin::cancel);
        }

        @Override
        public void onNext(OutputCommand command) {
            host.onNext(command);
        }

        @Override
        public void onError(Throwable error) {
            host.onError(error);
        }

        @Override
        public void onComplete() {
            host.onComplete();
        }
    }
}
