package io.headgate.host.ws;

import io.headgate.host.transport.ConnectionSpec;
import io.headgate.host.transport.TransportException;
import io.headgate.plugin.FailureKind;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;

/**
 * Judges the answer to the upgrade before Reactor Netty sees it: a refusal fails at its head, so that neither its size nor
 * its slowness hides its status, and in the host's words. Also chooses the subprotocol: Netty takes an answer without one
 * for an error, RFC 6455 (4.2.2) does not. Lives from the connect to the answer; every field belongs to the event loop.
 */
final class UpgradeGuard extends ChannelInboundHandlerAdapter {

    private final ConnectionSpec spec;
    private String subprotocol = "";
    private boolean skipping;
    private boolean refused;

    UpgradeGuard(ConnectionSpec spec) {
        this.spec = spec;
    }

    String subprotocol() {
        return subprotocol;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (refused || !(message instanceof HttpObject part)) {
            ReferenceCountUtil.release(message);
            return;
        }
        if (skipping) {
            skipping = !(message instanceof LastHttpContent);
            ReferenceCountUtil.release(message);
            ctx.read();
            return;
        }
        if (message instanceof HttpResponse response) {
            if (part.decoderResult().isFailure()) {
                refuse(ctx, message, handshake("the peer's answer to the upgrade was not HTTP"));
                return;
            }
            judge(ctx, response);
            return;
        }
        ctx.fireChannelRead(message);
        if (message instanceof LastHttpContent) {
            ctx.pipeline().remove(this);
        }
    }

    private void judge(ChannelHandlerContext ctx, HttpResponse response) {
        if (response.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS)) {
            accept(ctx, response);
        } else if (response.status().codeClass() == HttpStatusClass.INFORMATIONAL) {
            skipping = !(response instanceof LastHttpContent);
            ReferenceCountUtil.release(response);
            ctx.read();
        } else {
            refuse(ctx, response, Refusals.of(response));
        }
    }

    private void accept(ChannelHandlerContext ctx, HttpResponse response) {
        HttpHeaders headers = response.headers();
        String chosen = headers.get(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL, "").trim();
        if (headers.contains(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS)) {
            refuse(ctx, response, handshake("the peer chose an extension, and none was offered"));
        } else if (!chosen.isEmpty() && !spec.subprotocols().contains(chosen)) {
            refuse(ctx, response, handshake("the peer chose a subprotocol that was not offered"));
        } else {
            subprotocol = chosen;
            headers.remove(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL);
            ctx.fireChannelRead(response);
        }
    }

    private void refuse(ChannelHandlerContext ctx, Object message, TransportException error) {
        refused = true;
        ReferenceCountUtil.release(message);
        ctx.fireExceptionCaught(error);
        ctx.close();
    }

    private static TransportException handshake(String message) {
        return new TransportException(FailureKind.HANDSHAKE, message, null);
    }
}
