package io.headgate.host.ws;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.authority.Target;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import reactor.core.scheduler.Schedulers;
import reactor.netty.NettyPipeline;
import reactor.test.scheduler.VirtualTimeScheduler;

/** What is left of an upgrade when it is over. The key and its answer are those of RFC 6455, 1.3. */
final class UpgradeGuardTest {

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final HttpRequest request = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/");
    private final HttpResponse answer =
            new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.SWITCHING_PROTOCOLS);

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    @Test
    @DisplayName(
            "Reactor Netty keeps request and answer as long as the channel: their headers, with their secrets, are not kept")
    void keepsNoHeaderOfAnUpgrade() {
        channel.pipeline().addLast(NettyPipeline.HttpCodec, new ChannelInboundHandlerAdapter());
        new Dial(
                        Recording.spec(new Target("ws", "localhost", 80, "/", ""), "plugin/service"),
                        VirtualTimeScheduler.create(),
                        Schedulers.immediate(),
                        Trust.system())
                .begin(channel);
        request.headers().set("Authorization", "secret").set("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
        answer.headers()
                .set("Upgrade", "websocket")
                .set("Connection", "Upgrade")
                .set("Sec-WebSocket-Accept", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");

        channel.writeOutbound(request);
        assertThat(request.headers().get("Authorization")).isEqualTo("secret");
        channel.writeInbound(answer, LastHttpContent.EMPTY_LAST_CONTENT);

        assertThat(channel.<Object>readInbound()).isSameAs(answer);
        assertThat(request.headers().isEmpty()).isTrue();
        assertThat(answer.headers().isEmpty()).isTrue();
    }
}
