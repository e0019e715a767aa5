package io.headgate.samples.benchmarks.contender;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** Frames and bytes of one connection: written by its thread, read by any. A part of {@link Work#SAME}. */
final class Traffic {

    private static final VarHandle FRAMES = handle("frames");
    private static final VarHandle BYTES = handle("bytes");

    @SuppressWarnings("unused") // by the handle
    private long frames;

    @SuppressWarnings("unused") // by the handle
    private long bytes;

    void add(long count) {
        FRAMES.setOpaque(this, (long) FRAMES.get(this) + 1);
        BYTES.setOpaque(this, (long) BYTES.get(this) + count);
    }

    private static VarHandle handle(String field) {
        try {
            return MethodHandles.lookup().findVarHandle(Traffic.class, field, long.class);
        } catch (ReflectiveOperationException impossible) {
            throw new LinkageError("a field of this class", impossible);
        }
    }
}
