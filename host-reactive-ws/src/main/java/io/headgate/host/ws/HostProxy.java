package io.headgate.host.ws;

import io.netty.channel.EventLoop;
import io.netty.resolver.AddressResolverGroup;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.FutureListener;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.transport.ProxyProvider;

/** The way to the host's proxy. Its own name is resolved here, at each dial: Reactor Netty would once, and block for it. */
record HostProxy(ProxyOptions options, AddressResolverGroup<InetSocketAddress> resolver) {

    /** Where it is now. Emits on the loop, or in the call for a literal address; a cancel gives the question up. */
    Mono<List<InetSocketAddress>> addresses(EventLoop home) {
        byte @Nullable [] literal = NetUtil.createByteArrayFromIpAddressString(options.host());
        return literal == null ? resolved(home) : Mono.fromCallable(() -> List.of(address(literal)));
    }

    private InetSocketAddress address(byte[] literal) throws UnknownHostException {
        return new InetSocketAddress(InetAddress.getByAddress(literal), options.port());
    }

    private Mono<List<InetSocketAddress>> resolved(EventLoop home) {
        return Mono.create(sink -> {
            Future<List<InetSocketAddress>> answer = resolver.getResolver(home)
                    .resolveAll(InetSocketAddress.createUnresolved(options.host(), options.port()));
            sink.onCancel(() -> answer.cancel(false));
            answer.addListener((FutureListener<List<InetSocketAddress>>) done -> {
                if (done.isSuccess()) {
                    sink.success(done.getNow());
                } else {
                    sink.error(done.cause());
                }
            });
        });
    }

    /** Netty's own limit is off, as that of a connect; no target is excepted. */
    Consumer<ProxyProvider.TypeSpec> at(InetSocketAddress address) {
        return spec -> {
            ProxyProvider.Builder proxy =
                    spec.type(type()).socketAddress(address).connectTimeoutMillis(0);
            options.login().ifPresent(login -> proxy.username(login.user()).password(user -> login.password()));
        };
    }

    private ProxyProvider.Proxy type() {
        return switch (options.kind()) {
            case HTTP_CONNECT -> ProxyProvider.Proxy.HTTP;
            case SOCKS5 -> ProxyProvider.Proxy.SOCKS5;
        };
    }
}
