package io.headgate.host.ws;

import io.headgate.host.transport.Frame;
import io.headgate.host.transport.Session;
import io.headgate.host.transport.TransportException;
import io.headgate.host.transport.Unread;
import io.headgate.host.transport.Wire;
import java.util.concurrent.atomic.AtomicBoolean;
import reactor.core.publisher.Flux;
import reactor.netty.NettyInbound;

/** A channel whose pipeline ends in the host's frames. */
final class NettySession implements Session {

    private final String subprotocol;
    private final Wire wire;
    private final FrameCodec codec;
    private final Flux<Frame> inbound;
    private final AtomicBoolean taken = new AtomicBoolean();

    NettySession(String subprotocol, NettyInbound inbound, FrameCodec codec, Wire wire) {
        this.subprotocol = subprotocol;
        this.wire = wire;
        this.codec = codec;
        this.inbound = inbound.receiveObject()
                .map(codec::taken)
                .onErrorMap(error -> !(error instanceof TransportException), Failures::broken);
    }

    @Override
    public String subprotocol() {
        return subprotocol;
    }

    @Override
    public Flux<Frame> frames() {
        return Flux.defer(() -> taken.compareAndSet(false, true)
                ? inbound
                : Flux.error(new IllegalStateException("frames() allows one subscriber, and has had it")));
    }

    @Override
    public Unread unread() {
        return codec.unread();
    }

    @Override
    public long reads() {
        return codec.reads();
    }

    @Override
    public Wire wire() {
        return wire;
    }
}
