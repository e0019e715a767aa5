package io.headgate.host.ws;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;

/**
 * Netty's decoder, and how often it was given something, behind TLS. As Netty's client sets it, it would let reserved bits pass, and
 * close TCP under its own Close frame when the peer breaks the protocol. The count belongs to the event loop.
 */
final class CountingDecoder extends WebSocket13FrameDecoder {

    private long reads;

    CountingDecoder(int maxFrameBytes) {
        super(WebSocketDecoderConfig.newBuilder()
                .expectMaskedFrames(false)
                .allowExtensions(false)
                .closeOnProtocolViolation(false)
                .maxFramePayloadLength(maxFrameBytes)
                .build());
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
        reads++;
        super.channelRead(ctx, message);
    }

    long reads() {
        return reads;
    }
}
