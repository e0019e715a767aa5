package io.headgate.host.ws;

import io.headgate.host.transport.TransportException;
import io.headgate.plugin.FailureKind;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.socksx.v5.Socks5CommandResponse;
import io.netty.util.ReferenceCountUtil;
import java.util.Optional;

/**
 * Judges what the proxy answers before Netty sees it, and refuses in the host's words: Netty's hold the proxy's text and wait for
 * the end of a body. Stands right before Netty's handler of the proxy, behind the codec. Lives from the connect to the tunnel;
 * every field belongs to the event loop.
 */
final class TunnelGuard extends ChannelInboundHandlerAdapter {

    private final Dial dial;
    private boolean skipping;
    private boolean open;
    private boolean refused;

    TunnelGuard(Dial dial) {
        this.dial = dial;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (refused) {
            ReferenceCountUtil.release(message);
        } else if (open) {
            ctx.fireChannelRead(message); // What came behind the answer is the target's.
        } else if (skipping || isInformational(message)) {
            skipping = !(message instanceof LastHttpContent);
            ReferenceCountUtil.release(message);
            ctx.read();
        } else {
            judge(ctx, message);
        }
    }

    private void judge(ChannelHandlerContext ctx, Object message) {
        Optional<String> refusal = ProxyRefusals.of(message);
        if (refusal.isPresent()) {
            ReferenceCountUtil.release(message);
            refuse(ctx, refusal.get());
            return;
        }
        open = message instanceof LastHttpContent || message instanceof Socks5CommandResponse;
        ctx.fireChannelRead(message);
        if (open) {
            ctx.pipeline().remove(this);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (!refused && !open) {
            refuse(ctx, "the proxy hung up before it had opened the tunnel");
        }
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (open) {
            ctx.fireExceptionCaught(cause);
        } else if (!refused) {
            refuse(ctx, Failures.dial(dial, cause));
        }
    }

    private void refuse(ChannelHandlerContext ctx, String message) {
        refuse(ctx, new TransportException(FailureKind.CONNECT, message, null));
    }

    private void refuse(ChannelHandlerContext ctx, TransportException error) {
        refused = true;
        dial.refuse(error);
        ctx.close();
    }

    private static boolean isInformational(Object message) {
        return message instanceof HttpResponse response
                && response.decoderResult().isSuccess()
                && !response.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS)
                && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    }
}
