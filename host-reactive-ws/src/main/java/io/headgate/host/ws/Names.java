package io.headgate.host.ws;

import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.dns.DnsAddressResolverGroup;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.NoopDnsCache;
import io.netty.resolver.dns.NoopDnsCnameCache;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.function.Function;
import reactor.netty.resources.LoopResources;
import reactor.netty.transport.NameResolverProvider;

/** Makes the resolver of a driver: one for all its services. What it knows, it knows for the options' time at most. */
final class Names {

    /** A server of names that stays silent leaves time to ask the next one within the default of a dial's first stage. */
    private static final Duration QUERY_TIMEOUT = Duration.ofSeconds(2);

    /** Netty takes no less; below it there is no cache. */
    private static final Duration LEAST_TTL = Duration.ofSeconds(1);

    private Names() {}

    static AddressResolverGroup<InetSocketAddress> resolver(WebSocketOptions options, LoopResources loops) {
        return resolver(options, loops, DnsAddressResolverGroup::new);
    }

    static AddressResolverGroup<InetSocketAddress> resolver(
            WebSocketOptions options,
            LoopResources loops,
            Function<DnsNameResolverBuilder, DnsAddressResolverGroup> maker) {
        Duration ttl = options.maxNameTtl().truncatedTo(ChronoUnit.SECONDS);
        return NameResolverProvider.builder()
                .cacheMaxTimeToLive(ttl.isZero() ? LEAST_TTL : ttl)
                .queryTimeout(QUERY_TIMEOUT)
                .dnsAddressResolverGroupProvider(builder -> maker.apply(ttl.isZero() ? forgetting(builder) : builder))
                .build()
                .newNameResolverGroup(loops, LoopResources.DEFAULT_NATIVE);
    }

    private static DnsNameResolverBuilder forgetting(DnsNameResolverBuilder builder) {
        return builder.resolveCache(NoopDnsCache.INSTANCE).cnameCache(NoopDnsCnameCache.INSTANCE);
    }
}
