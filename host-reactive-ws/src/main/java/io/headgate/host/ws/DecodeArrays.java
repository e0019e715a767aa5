package io.headgate.host.ws;

import io.netty.channel.EventLoop;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One array for each event loop, which all its connections copy payloads into on their way to a text: an array a connection would be
 * most of what an idle one costs. Made with the loop's first session, kept as long as the driver. The map is the only state: each
 * array belongs to its loop.
 */
final class DecodeArrays {

    /** Netty reads no more than so much at once. */
    private static final int BYTES = 64 * 1024;

    private final Map<EventLoop, byte[]> arrays = new ConcurrentHashMap<>();

    byte[] of(EventLoop loop) {
        return arrays.computeIfAbsent(loop, first -> new byte[BYTES]);
    }
}
