package io.headgate.host.ws;

import io.headgate.host.transport.ConnectionDriver;
import io.headgate.host.transport.ConnectionSpec;
import io.headgate.host.transport.SessionHandler;
import io.headgate.host.transport.SessionLife;
import io.headgate.host.transport.TransportException;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.ssl.SslContext;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.NoopAddressResolverGroup;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import javax.net.ssl.X509ExtendedTrustManager;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.Connection;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.WebsocketClientSpec;
import reactor.netty.resources.LoopResources;

/**
 * Dials WebSockets with Reactor Netty. Each service has a home event loop, or some, on which its sessions live while it holds
 * any. Follows no redirect, retries nothing, pools nothing, compresses nothing. Goes through a proxy where the grant says
 * {@code trusted-proxy}, and only there: then it is the proxy that resolves the name.
 *
 * <p>A dial waits for its turn, where a bound of {@link LoopOptions} bites; then each of its stages has its own deadline, of
 * {@link io.headgate.host.transport.DialTimeouts}, and it fails with a message that names the stage. It goes only to
 * addresses that the grant lets pass ({@link ConnectionSpec#addresses}), and fails where one does not. A {@code wss} peer has to
 * show a certificate for its name that leads to the system's trust, or to an anchor of the grant; nothing turns that off.
 *
 * <p>A driver holds threads and a name resolver: make one for a host, and {@link #disposeLater()} it.
 */
public final class ReactorNettyDriver implements ConnectionDriver {

    private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(5);

    private static final Duration CLOSE_NOTIFY_TIMEOUT = Duration.ofMillis(200);

    private static final WebsocketClientSpec WEBSOCKET =
            WebsocketClientSpec.builder().handlePing(true).build();

    private final LoopResources loops;
    private final boolean ownsLoops;
    private final DialGate gate;
    private final HomeLoops homes;
    private final DecodeArrays arrays = new DecodeArrays();
    private final AddressResolverGroup<InetSocketAddress> resolver;
    private final Scheduler timers;
    private final HttpClient client;
    private final Optional<HostProxy> proxy;
    private final X509ExtendedTrustManager system;

    private ReactorNettyDriver(
            WebSocketOptions options,
            Scheduler timers,
            LoopResources loops,
            boolean ownsLoops,
            AddressResolverGroup<InetSocketAddress> resolver,
            X509ExtendedTrustManager system) {
        this.loops = loops;
        this.ownsLoops = ownsLoops;
        this.timers = timers;
        this.gate = new DialGate(options.loops());
        this.homes = new HomeLoops(loops, options.loops().loopsPerService(), gate);
        this.resolver = resolver;
        this.client = base(options).resolver(resolver);
        this.system = system;
        this.proxy = options.proxy().map(known -> new HostProxy(known, resolver));
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
        return create(options, timers, Names::resolver);
    }

    /** Makes a driver with another resolver of names. */
    static ReactorNettyDriver create(
            WebSocketOptions options,
            Scheduler timers,
            BiFunction<WebSocketOptions, LoopResources, AddressResolverGroup<InetSocketAddress>> names) {
        return create(options, timers, names, Trust.system());
    }

    /** Likewise, where another trust is the system's. */
    static ReactorNettyDriver create(
            WebSocketOptions options,
            Scheduler timers,
            BiFunction<WebSocketOptions, LoopResources, AddressResolverGroup<InetSocketAddress>> names,
            X509ExtendedTrustManager system) {
        LoopResources own =
                LoopResources.create("headgate-ws", -1, options.loops().eventLoops(), true, false);
        return new ReactorNettyDriver(options, timers, own, true, names.apply(options, own), system);
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
        return new ReactorNettyDriver(options, timers, loops, false, Names.resolver(options, loops), Trust.system());
    }

    @Override
    public Mono<Void> connect(ConnectionSpec spec, SessionHandler handler) {
        return Mono.using(() -> homes.hold(spec.service()), seat -> life(seat, spec, handler), homes::release);
    }

    /**
     * What is dialled now, and what waits.
     *
     * @return the counts at this moment
     */
    public DialCounts dials() {
        return gate.counts();
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

    HttpClient client() {
        return client;
    }

    DialGate gate() {
        return gate;
    }

    HomeLoops homes() {
        return homes;
    }

    /**
     * The dial is given up right before the session's life: whatever a cancel overtakes on its way there, it closes. The session
     * keeps nothing of how it was dialled.
     */
    private Mono<Void> life(HomeLoops.Seat seat, ConnectionSpec spec, SessionHandler handler) {
        Dial dial = new Dial(spec, timers, seat.onLoop(), system);
        return Mono.defer(() -> dialled(dial, seat))
                .doOnCancel(dial::abandon)
                .doOnError(error -> dial.abandon())
                .flatMap(session -> session.run(handler));
    }

    private Mono<SessionLife> dialled(Dial dial, HomeLoops.Seat seat) {
        return gate.admit(seat, Mono.defer(() -> handshake(dial, seat.loop())))
                .onErrorMap(dial::failed)
                .onTerminateDetach();
    }

    /** Subscribed to on the home loop. */
    private Mono<SessionLife> handshake(Dial dial, EventLoop home) {
        return dial.context()
                .flatMap(tls -> upgrade(dial, tls, home))
                .or(dial.failure())
                .doOnCancel(dial::abandon)
                .map(connection -> open(connection, dial));
    }

    private Mono<Connection> upgrade(Dial dial, Optional<SslContext> tls, EventLoop home) {
        HttpClient secured = tls.map(context -> secure(client, context)).orElse(client);
        if (!dial.isThroughProxy()) {
            AddressGuard guard = new AddressGuard(dial.spec().addresses());
            return upgrade(dial, home, secured.resolvedAddressesSelector((config, resolved) -> guard.admit(resolved)));
        }
        return proxy.map(known ->
                        known.addresses(home).flatMap(addresses -> throughProxy(dial, home, secured, known, addresses)))
                .orElseGet(() -> Mono.error(TransportException.noProxy()));
    }

    /** The proxy's addresses in turn, as long as there is no TCP. The target's name is not resolved: it is the proxy's to. */
    private Mono<Connection> throughProxy(
            Dial dial, EventLoop home, HttpClient secured, HostProxy known, List<InetSocketAddress> addresses) {
        return addresses.stream()
                .map(address -> secured.proxy(known.at(address)).resolver(NoopAddressResolverGroup.INSTANCE))
                .map(tunnelling -> upgrade(dial, home, tunnelling))
                .reduce((first, next) -> first.onErrorResume(failed -> dial.stage() == DialStage.TCP, failed -> next))
                .orElseGet(() -> Mono.error(new UnknownHostException()));
    }

    /**
     * The URI is without its query, which Reactor Netty would log; the {@link UpgradeGuard} puts it in. What Reactor Netty keeps of
     * a dial for as long as the channel lives keeps nothing of ours.
     */
    private Mono<Connection> upgrade(Dial dial, EventLoop home, HttpClient way) {
        return way.runOn(homes.only(home))
                .doOnChannelInit((observer, channel, remote) -> dial.begin(channel))
                .websocket(WEBSOCKET)
                .uri(URI.create(dial.spec().target().toString()))
                .connect()
                .cast(Connection.class)
                .onTerminateDetach();
    }

    /** On the event loop, in the call that brought the 101: no frame can come before the codec is in place. */
    private SessionLife open(Connection connection, Dial dial) {
        dial.take();
        ConnectionSpec spec = dial.spec();
        CloseHandshake handshake = new CloseHandshake(spec.closeTimeout(), timers);
        byte[] shared = arrays.of(connection.channel().eventLoop());
        FrameCodec codec = new FrameCodec(spec.maxMessageBytes(), handshake, shared);
        ChannelHandlerContext ctx = codec.install(connection.channel().pipeline());
        NettySession session =
                new NettySession(dial.subprotocol(), connection.inbound(), codec, new NettyWire(ctx, handshake));
        return new SessionLife(session, connection.onDispose());
    }

    /** Netty's own limit of a connect is off: the dial's deadlines are the only ones. */
    private static HttpClient base(WebSocketOptions options) {
        int high = options.writeHighBytes();
        return HttpClient.newConnection()
                .protocol(HttpProtocol.HTTP11)
                .followRedirect(false)
                .disableRetry(true)
                .compress(false)
                .noProxy()
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0)
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(high / 2, high))
                .headers(headers -> headers.set(HttpHeaderNames.USER_AGENT, options.userAgent()));
    }

    /**
     * Reactor Netty adds the server name to this. An abort waits no longer for a peer that stalls. Netty's own limit of the
     * handshake is off, as that of a connect.
     */
    private static HttpClient secure(HttpClient client, SslContext tls) {
        return client.secure(spec ->
                spec.sslContext(tls).handshakeTimeout(Duration.ZERO).closeNotifyFlushTimeout(CLOSE_NOTIFY_TIMEOUT));
    }
}
