package io.headgate.host.ws;

import io.headgate.host.transport.ConnectionSpec;
import io.headgate.host.transport.TransportException;
import io.headgate.plugin.FailureKind;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.proxy.ProxyConnectionEvent;
import io.netty.util.ReferenceCountUtil;
import java.net.SocketAddress;
import java.util.Optional;

/**
 * Tells the dial how far its channel has come, and judges the answer to the upgrade before Reactor Netty sees it: a refusal
 * fails at its head, so that neither its size nor its slowness hides its status, and in the host's words. Reactor Netty
 * would log the peer's. What of the request must not be logged is put into it here. Also chooses the subprotocol: Netty takes
 * an answer without one for an error, RFC 6455 (4.2.2) does not. Lives from the connect to the answer; every field belongs to
 * the event loop.
 */
final class UpgradeGuard extends ChannelDuplexHandler {

    private final Dial dial;
    private HttpHeaders asked = EmptyHttpHeaders.INSTANCE;
    private HttpHeaders answered = EmptyHttpHeaders.INSTANCE;
    private String key = "";
    private boolean skipping;
    private boolean over;

    UpgradeGuard(Dial dial) {
        this.dial = dial;
    }

    @Override
    public void connect(ChannelHandlerContext ctx, SocketAddress remote, SocketAddress local, ChannelPromise promise) {
        dial.enter(DialStage.TCP);
        promise.addListener(done -> {
            if (done.isSuccess()) {
                dial.enter(dial.isThroughProxy() ? DialStage.PROXY : connected());
            }
        });
        ctx.connect(remote, local, promise);
    }

    /** With TLS, Reactor Netty tells this when TLS is established; without it a proxy's handler does when TCP to the proxy is. */
    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        if (dial.isSecure() || !dial.isThroughProxy()) {
            dial.enter(DialStage.UPGRADE);
        }
        ctx.fireChannelActive();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ProxyConnectionEvent) {
            dial.enter(connected());
        }
        ctx.fireUserEventTriggered(event);
    }

    private DialStage connected() {
        return dial.isSecure() ? DialStage.TLS : DialStage.UPGRADE;
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (message instanceof HttpRequest request) {
            key = request.headers().get(HttpHeaderNames.SEC_WEBSOCKET_KEY, "");
            complete(request);
            asked = request.headers();
        }
        ctx.write(message, promise);
    }

    /** Here, in the last handler before the bytes: so Reactor Netty has neither query nor headers to log, nor to keep. */
    private void complete(HttpRequest request) {
        ConnectionSpec spec = dial.spec();
        if (!spec.subprotocols().isEmpty()) {
            request.headers().set(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL, String.join(",", spec.subprotocols()));
        }
        if (!spec.target().query().isEmpty()) {
            request.setUri(request.uri() + "?" + spec.target().query());
        }
        spec.terms().headers().forEach((name, value) -> request.headers().set(name, value.reveal()));
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (over || !(message instanceof HttpObject part)) {
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
            forget();
            leave(ctx);
        }
    }

    /** Where nobody took the connection, its dial was given up meanwhile: Reactor Netty would keep what follows, and release it never. */
    private void leave(ChannelHandlerContext ctx) {
        if (dial.isTaken()) {
            ctx.pipeline().remove(this);
        } else {
            over = true;
            ctx.close();
        }
    }

    /** Reactor Netty keeps request and answer for as long as the channel lives, and has read them: secrets are among them. */
    private void forget() {
        asked.clear();
        answered.clear();
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
        Optional<String> broken =
                UpgradeRules.broken(response.headers(), key, dial.spec().subprotocols());
        if (broken.isPresent()) {
            refuse(ctx, response, handshake(broken.get()));
            return;
        }
        dial.choose(UpgradeRules.subprotocol(response.headers()));
        response.headers().remove(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL);
        answered = response.headers();
        ctx.fireChannelRead(response);
    }

    private void refuse(ChannelHandlerContext ctx, Object message, TransportException error) {
        over = true;
        ReferenceCountUtil.release(message);
        dial.refuse(error);
        ctx.close();
    }

    private static TransportException handshake(String message) {
        return new TransportException(FailureKind.HANDSHAKE, message, null);
    }
}
