package io.headgate.host.ws;

import io.headgate.host.transport.ConnectionDriver;
import io.headgate.host.transport.ConnectionSpec;
import io.headgate.host.transport.SessionHandler;
import io.headgate.host.transport.SessionLife;
import io.headgate.host.transport.TransportException;
import io.headgate.plugin.FailureKind;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.resolver.AddressResolverGroup;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.Connection;
import reactor.netty.http.Http11SslContextSpec;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.WebsocketClientSpec;
import reactor.netty.resources.LoopResources;
import reactor.netty.tcp.SslProvider;
import reactor.netty.transport.NameResolverProvider;

/**
 * Dials WebSockets with Reactor Netty. Each service has one home event loop, on which its sessions live while it holds any.
 * Follows no redirect, retries nothing, pools nothing, compresses nothing, uses no proxy.
 *
 * <p>A driver holds threads and a name resolver: make one for a host, and {@link #disposeLater()} it.
 */
public final class ReactorNettyDriver implements ConnectionDriver {

    private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(5);

    private static final Duration CLOSE_NOTIFY_TIMEOUT = Duration.ofMillis(200);

    private final LoopResources loops;
    private final boolean ownsLoops;
    private final HomeLoops homes;
    private final AddressResolverGroup<InetSocketAddress> resolver;
    private final Scheduler timers;
    private final HttpClient client;

    private ReactorNettyDriver(WebSocketOptions options, Scheduler timers, LoopResources loops, boolean ownsLoops) {
        this.loops = loops;
        this.ownsLoops = ownsLoops;
        this.timers = timers;
        this.homes = new HomeLoops(loops);
        this.resolver = NameResolverProvider.builder()
                .cacheMaxTimeToLive(options.maxNameTtl())
                .build()
                .newNameResolverGroup(loops, LoopResources.DEFAULT_NATIVE);
        this.client = secure(base(options), options.trusted()).resolver(resolver);
    }

    /**
     * Makes a driver with event loops of its own and default options.
     *
     * @return the driver
     */
    public static ReactorNettyDriver create() {
        return create(WebSocketOptions.defaults());
    }

    /**
     * Makes a driver with event loops of its own.
     *
     * @param options how it works
     * @return the driver
     */
    public static ReactorNettyDriver create(WebSocketOptions options) {
        return create(options, Schedulers.parallel());
    }

    /**
     * Makes a driver with event loops of its own.
     *
     * @param options how it works
     * @param timers runs the deadlines of handshakes and closes; not disposed
     * @return the driver
     */
    public static ReactorNettyDriver create(WebSocketOptions options, Scheduler timers) {
        LoopResources own = LoopResources.create("headgate-ws", -1, options.eventLoops(), true, false);
        return new ReactorNettyDriver(options, timers, own, true);
    }

    /**
     * Makes a driver on event loops that it shares.
     *
     * @param options how it works; its number of event loops is not used
     * @param timers runs the deadlines of handshakes and closes; not disposed
     * @param loops where its sessions live; not disposed
     * @return the driver
     */
    public static ReactorNettyDriver create(WebSocketOptions options, Scheduler timers, LoopResources loops) {
        return new ReactorNettyDriver(options, timers, loops, false);
    }

    @Override
    public Mono<Void> connect(ConnectionSpec spec, SessionHandler handler) {
        return Mono.using(
                () -> homes.hold(spec.service()),
                home -> dial(spec, handler, home),
                home -> homes.release(spec.service()));
    }

    /**
     * Ends the driver: its event loops, where it made them, with whatever is still open on them, and its name resolver.
     *
     * @return on subscription, disposes; completes when nothing is left; fails with an {@link IllegalStateException} when
     *     that took more than 5 s; repeatable
     */
    public Mono<Void> disposeLater() {
        return Mono.defer(() -> {
            resolver.close();
            return ownsLoops ? loops.disposeLater(Duration.ZERO, SHUTDOWN_TIMEOUT) : Mono.empty();
        });
    }

    HomeLoops homes() {
        return homes;
    }

    /** The deadline ends on the home loop, where the answer would arrive: so one of the two comes first. */
    private Mono<Void> dial(ConnectionSpec spec, SessionHandler handler, EventLoop home) {
        Dial dial = new Dial(spec);
        Mono<Long> deadline = Mono.delay(spec.dial().upgrade(), timers).publishOn(Schedulers.fromExecutor(home));
        return upgrade(spec, dial, home)
                .doOnCancel(dial::abandon)
                .timeout(deadline, Mono.error(() -> silent(spec)))
                .onErrorMap(Failures::dial)
                .flatMap(connection -> open(connection, spec, dial).run(handler));
    }

    private Mono<Connection> upgrade(ConnectionSpec spec, Dial dial, EventLoop home) {
        return client.runOn(homes.only(home))
                .option(
                        ChannelOption.CONNECT_TIMEOUT_MILLIS,
                        millisBeyond(spec.dial().upgrade()))
                .doOnChannelInit((observer, channel, remote) -> dial.begin(channel))
                .headers(headers -> {
                    if (!spec.subprotocols().isEmpty()) {
                        headers.set(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL, String.join(",", spec.subprotocols()));
                    }
                })
                .websocket(WebsocketClientSpec.builder().handlePing(true).build())
                .uri(spec.target().toUri())
                .connect()
                .cast(Connection.class);
    }

    /** On the event loop, in the call that brought the 101: no frame can come before the codec is in place. */
    private SessionLife open(Connection connection, ConnectionSpec spec, Dial dial) {
        CloseHandshake handshake = new CloseHandshake(spec.closeTimeout(), timers);
        FrameCodec codec = new FrameCodec(spec.maxMessageBytes(), handshake);
        ChannelHandlerContext ctx = codec.install(connection.channel().pipeline());
        NettySession session =
                new NettySession(dial.subprotocol(), connection.inbound(), codec, new NettyWire(ctx, handshake));
        return new SessionLife(session, connection.onDispose());
    }

    private static HttpClient base(WebSocketOptions options) {
        int high = options.writeHighBytes();
        return HttpClient.newConnection()
                .protocol(HttpProtocol.HTTP11)
                .followRedirect(false)
                .disableRetry(true)
                .compress(false)
                .noProxy()
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(high / 2, high))
                .headers(headers -> headers.set(HttpHeaderNames.USER_AGENT, options.userAgent()));
    }

    /** Reactor Netty adds server name and host name verification to this. An abort waits no longer for a peer that stalls. */
    private static HttpClient secure(HttpClient client, List<X509Certificate> trusted) {
        SslProvider.GenericSslContextSpec<SslContextBuilder> tls = Http11SslContextSpec.forClient()
                .configure(builder -> {
                    if (!trusted.isEmpty()) {
                        builder.trustManager(trusted.toArray(X509Certificate[]::new));
                    }
                });
        return client.secure(spec -> spec.sslContext(tls).closeNotifyFlushTimeout(CLOSE_NOTIFY_TIMEOUT));
    }

    private static TransportException silent(ConnectionSpec spec) {
        return new TransportException(
                FailureKind.TIMEOUT,
                "the peer did not answer the upgrade within " + spec.dial().upgrade(),
                null);
    }

    /** Netty's own limit is only a net below the driver's deadline, which covers name, TCP, TLS and upgrade. */
    private static int millisBeyond(Duration handshakeTimeout) {
        return Math.toIntExact(Math.min(handshakeTimeout.plusSeconds(1).toMillis(), Integer.MAX_VALUE));
    }
}
