package io.headgate.host.transport;

import org.jspecify.annotations.Nullable;

/** Told once what became of a frame that was handed to the transport. */
@FunctionalInterface
public interface WriteListener {

    /**
     * The frame was decided.
     *
     * @param error {@code null} when the kernel took its last byte; otherwise it may or may not have left
     */
    void written(@Nullable Throwable error);
}
