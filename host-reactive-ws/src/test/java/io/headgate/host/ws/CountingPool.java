package io.headgate.host.ws;

import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.List;

/** Gives buffers, and remembers them. One thread. */
final class CountingPool extends AbstractByteBufAllocator {

    private final List<ByteBuf> given = new ArrayList<>();

    long unreleased() {
        return given.stream().filter(buffer -> buffer.refCnt() > 0).count();
    }

    /** The largest that was ever given, or that one has grown to. */
    int largest() {
        return given.stream().mapToInt(ByteBuf::capacity).max().orElse(0);
    }

    @Override
    protected ByteBuf newHeapBuffer(int capacity, int maxCapacity) {
        return remembered(UnpooledByteBufAllocator.DEFAULT.heapBuffer(capacity, maxCapacity));
    }

    @Override
    protected ByteBuf newDirectBuffer(int capacity, int maxCapacity) {
        return remembered(UnpooledByteBufAllocator.DEFAULT.directBuffer(capacity, maxCapacity));
    }

    @Override
    public boolean isDirectBufferPooled() {
        return false;
    }

    private ByteBuf remembered(ByteBuf buffer) {
        given.add(buffer);
        return buffer;
    }
}
