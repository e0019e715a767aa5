package io.headgate.host.ws;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/**
 * The payload of one frame after the other, as a part of an array. One that comes in a single read is copied into an array
 * that all connections of the event loop share; one that comes in several, or is larger than that, into a pooled buffer, which is
 * never more than twice as large as what has arrived. What nobody wants to see is not copied. Owned by the event loop.
 */
final class FramePayload {

    private final byte[] shared;
    private @Nullable ByteBuf own;
    private byte[] array;
    private int offset;
    private int length;
    private int missing;
    private boolean kept;

    /**
     * With the array of its event loop.
     *
     * @param shared of any size; nothing stays in it from one frame to the next
     */
    FramePayload(byte[] shared) {
        this.shared = shared;
        this.array = shared;
    }

    void begin(int bytes, boolean seen) {
        length = bytes;
        missing = bytes;
        kept = seen;
    }

    /** Answers whether it is complete. */
    boolean read(ByteBuf in, ByteBufAllocator pool) {
        int arrived = Math.min(missing, in.readableBytes());
        missing -= arrived;
        if (!kept) {
            in.skipBytes(arrived);
        } else if (arrived == length && length <= shared.length) {
            in.readBytes(shared, 0, length);
        } else if (arrived > 0) {
            collect(in, arrived, pool);
        }
        return missing == 0;
    }

    private void collect(ByteBuf in, int arrived, ByteBufAllocator pool) {
        ByteBuf collected = own;
        if (collected == null) {
            collected = pool.heapBuffer(arrived, length);
            own = collected;
        }
        collected.writeBytes(in, arrived);
        array = collected.array();
        offset = collected.arrayOffset();
    }

    /** What holds the payload, from {@link #offset} on, until {@link #release}. */
    byte[] array() {
        return array;
    }

    int offset() {
        return offset;
    }

    /** Lets go what was collected, complete or not. */
    void release() {
        ByteBuf collected = own;
        if (collected != null) {
            own = null;
            array = shared;
            offset = 0;
            collected.release();
        }
    }
}
