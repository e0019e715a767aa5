package io.headgate.host.ws;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;

/** Netty's decoder, and how many bytes went into it, behind TLS. The count belongs to the event loop. */
final class MeteredDecoder extends WebSocket13FrameDecoder {

    private long bytes;

    MeteredDecoder(WebSocketDecoderConfig config) {
        super(config);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
        if (message instanceof ByteBuf read) {
            bytes += read.readableBytes();
        }
        super.channelRead(ctx, message);
    }

    long bytes() {
        return bytes;
    }
}
