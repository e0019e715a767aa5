package io.headgate.host.ws;

import io.headgate.host.transport.ConnectionSpec;
import io.headgate.host.transport.TransportException;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslContext;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.NettyPipeline;

/**
 * One attempt to open a session. Its stages and what the guard finds belong to the event loop. Giving up may come from any
 * thread and at any moment, also while Reactor Netty hands over the open connection to nobody: then it is this that closes
 * the channel.
 */
final class Dial {

    private static final String GUARD = NettyPipeline.LEFT + "headgateUpgrade";
    private static final String TUNNEL_GUARD = NettyPipeline.LEFT + "headgateTunnel";

    private final ConnectionSpec spec;
    private final Scheduler timers;
    private final Scheduler onLoop;
    private final Optional<DialTls> tls;
    /** Emits the stages; fails with a refusal. Five stages, each once at most: so many wait at most. */
    private final Sinks.Many<DialStage> stages =
            Sinks.many().unicast().onBackpressureBuffer(new ConcurrentLinkedQueue<>());

    private volatile DialStage stage = DialStage.NAME;
    private volatile @Nullable Channel channel;
    private volatile boolean abandoned;
    private String subprotocol = "";
    private boolean taken;

    Dial(ConnectionSpec spec, Scheduler timers, Scheduler onLoop, X509ExtendedTrustManager system) {
        this.spec = spec;
        this.tls = isSecure()
                ? Optional.of(new DialTls(spec.target().host(), spec.terms().tls(), system))
                : Optional.empty();
        this.timers = timers;
        this.onLoop = onLoop;
    }

    ConnectionSpec spec() {
        return spec;
    }

    boolean isSecure() {
        return spec.target().scheme().equals("wss");
    }

    /** What is granted so is dialled in no other way, and nothing else is dialled in this way. */
    boolean isThroughProxy() {
        return spec.addresses().isTrustedProxy();
    }

    /**
     * What a client needs to dial, made off the loop: a context draws randomness, and sorts anchors.
     *
     * @return emits on the loop, once: the TLS, empty for {@code ws}
     */
    Mono<Optional<SslContext>> context() {
        return tls.map(one -> Mono.fromCallable(() -> Optional.of(one.context()))
                        .subscribeOn(Schedulers.boundedElastic())
                        .publishOn(onLoop))
                .orElseGet(() -> Mono.just(Optional.empty()));
    }

    /** What to tell of it when it has failed. */
    TransportException failed(Throwable cause) {
        return cause instanceof TransportException known
                ? known
                : tls.flatMap(one -> one.failure(cause)).orElseGet(() -> Failures.dial(this, cause));
    }

    DialStage stage() {
        return stage;
    }

    /** What has not happened where the dial fails now. */
    String unmet() {
        return stage.unmet(isThroughProxy());
    }

    String subprotocol() {
        return subprotocol;
    }

    /**
     * The one way in which a dial fails by the host's own doing: a stage's deadline, or a refusal. A deadline is decided on
     * the loop, where the stage's end would be: so one of the two comes first. One subscriber; its cancellation ends the
     * deadline, and nothing here leads to it any more: Reactor Netty keeps the dial for as long as the channel lives.
     */
    <T> Mono<T> failure() {
        Flux<T> late = stages.asFlux().onTerminateDetach().startWith(stage).switchMap(this::deadline);
        return late.next();
    }

    /**
     * On the loop, for each channel: there is one for each address that is tried. The guard stands before Reactor Netty's
     * aggregator; that of the tunnel before the proxy's handler, without which there is no place for it and the dial fails.
     */
    void begin(Channel made) {
        channel = made;
        if (isThroughProxy()) {
            made.pipeline().addBefore(NettyPipeline.ProxyHandler, TUNNEL_GUARD, new TunnelGuard(this));
        }
        made.pipeline().addAfter(NettyPipeline.HttpCodec, GUARD, new UpgradeGuard(this));
        if (abandoned) {
            made.close();
        }
    }

    /** On the loop. A stage that is over does not begin again. */
    void enter(DialStage next) {
        if (next.compareTo(stage) > 0) {
            stage = next;
            ended(stages.tryEmitNext(next));
        }
    }

    /** On the loop. */
    void refuse(TransportException error) {
        ended(stages.tryEmitError(error));
    }

    /** On the loop. */
    void choose(String chosen) {
        subprotocol = chosen;
    }

    /** On the loop, in the call that brought the 101: the connection has come to whom it was dialled for. */
    void take() {
        taken = true;
    }

    /** On the loop. */
    boolean isTaken() {
        return taken;
    }

    void abandon() {
        abandoned = true;
        Channel made = channel;
        if (made != null) {
            made.close();
        }
    }

    private <T> Mono<T> deadline(DialStage of) {
        return Mono.delay(of.bound(spec.dial()), timers)
                .publishOn(onLoop)
                .flatMap(late -> Mono.error(of.late(isThroughProxy(), spec.dial())));
    }

    /** Nobody listens any more: the dial is over, and its channel has to be too. */
    private void ended(Sinks.EmitResult result) {
        if (result.isFailure()) {
            abandon();
        }
    }
}
