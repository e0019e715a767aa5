package io.headgate.host.service;

import io.headgate.host.command.OutboundWriter;
import io.headgate.host.pipeline.FrameListener;
import io.headgate.host.transport.Frame;

/** Closes a session whose peer sent a binary message, behind what waits to be written. */
record BinaryRefusal(FrameListener then, OutboundWriter writer) implements FrameListener {

    /** RFC 6455, 7.4.1: a type of data that cannot be accepted. */
    private static final int UNSUPPORTED = 1003;

    @Override
    public void arrived(Frame frame, long atMillis) {
        then.arrived(frame, atMillis);
        if (frame instanceof Frame.Binary) {
            writer.close(UNSUPPORTED, "binary is not supported");
        }
    }
}
