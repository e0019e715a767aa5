package io.headgate.host.ws;

import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.InetSocketAddressResolver;
import io.netty.resolver.SimpleNameResolver;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Names whose answers a test decides: when they come, and which addresses they are, anew each time. */
final class SlowNames {

    static final String SILENT = "silent.test";

    private final Queue<Promise<List<InetAddress>>> asked = new ConcurrentLinkedQueue<>();
    private final Map<String, Queue<List<InetAddress>>> answers = new ConcurrentHashMap<>();
    private final Queue<String> names = new ConcurrentLinkedQueue<>();
    private final AtomicInteger questions = new AtomicInteger();

    /** Adds the answer to the next, not yet answered question for this name. */
    SlowNames answering(String name, String... addresses) throws UnknownHostException {
        List<InetAddress> all = new ArrayList<>();
        for (String address : addresses) {
            all.add(InetAddress.getByName(address));
        }
        return answering(name, all);
    }

    SlowNames answering(String name, List<InetAddress> addresses) {
        answers.computeIfAbsent(name, first -> new ConcurrentLinkedQueue<>()).add(addresses);
        return this;
    }

    /** How often a name was asked for. */
    int questions() {
        return questions.get();
    }

    /** Which names were asked for, in order. */
    List<String> names() {
        return List.copyOf(names);
    }

    /** Answers what has been asked of {@link #SILENT} so far. */
    void answer(InetAddress address) {
        asked.forEach(promise -> promise.trySuccess(List.of(address)));
    }

    AddressResolverGroup<InetSocketAddress> resolver() {
        return new AddressResolverGroup<>() {
            @Override
            protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
                return new InetSocketAddressResolver(executor, new Scripted(executor));
            }
        };
    }

    private final class Scripted extends SimpleNameResolver<InetAddress> {

        Scripted(EventExecutor executor) {
            super(executor);
        }

        @Override
        protected void doResolve(String name, Promise<InetAddress> promise) {
            promise.setFailure(new UnsupportedOperationException("all addresses are asked for"));
        }

        @Override
        protected void doResolveAll(String name, Promise<List<InetAddress>> promise) {
            names.add(name);
            questions.incrementAndGet();
            List<InetAddress> next =
                    answers.getOrDefault(name, new ArrayDeque<>()).poll();
            if (name.equals(SILENT)) {
                asked.add(promise);
            } else if (name.equals("localhost")) {
                promise.setSuccess(List.of(InetAddress.getLoopbackAddress()));
            } else if (next == null) {
                promise.setFailure(new UnknownHostException(name));
            } else {
                promise.setSuccess(next);
            }
        }
    }
}
