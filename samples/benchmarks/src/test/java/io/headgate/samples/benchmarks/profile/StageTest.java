package io.headgate.samples.benchmarks.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StageTest {

    @ParameterizedTest
    @CsvSource({
        "io.netty.channel.epoll.Native.epollWait0, SOCKET",
        "sun.nio.ch.SocketDispatcher.read0, SOCKET",
        "io.netty.handler.codec.http.websocketx.WebSocket08FrameDecoder.decode, NETTY_CODEC",
        "io.netty.channel.AbstractChannelHandlerContext.fireChannelRead, EVENT_LOOP",
        "reactor.netty.channel.FluxReceive.onInboundNext, REACTOR_NETTY",
        "io.headgate.host.ws.FrameDecoder.channelRead, DECODE",
        "io.headgate.host.ws.FrameCodec.frame, DECODE",
        "io.headgate.host.ws.FramePayload.read, DECODE",
        "io.headgate.host.ws.MessageDecoding.end, DECODE",
        "io.headgate.host.ws.Utf8Text.of, DECODE",
        "io.headgate.host.ws.FragmentedText.append, DECODE",
        "io.headgate.host.ws.NettyWire.write, DRIVER",
        "io.headgate.host.pipeline.FramePipeline.event, PIPELINE",
        "io.headgate.host.ingress.WaitingLine.put, LANE",
        "reactor.core.publisher.FluxPublishOn$PublishOnSubscriber.runAsync, HOP",
        "java.util.concurrent.ScheduledThreadPoolExecutor.delayedExecute, HOP",
        "io.headgate.host.service.IncarnationScheduler$Task.run, HOP",
        "io.headgate.samples.benchmarks.client.Deliveries$Count.text, PLUGIN",
        "io.headgate.samples.benchmarks.contender.RawNetty$Handing.channelRead, PLUGIN",
        "io.headgate.samples.benchmarks.client.Client.measure, HARNESS",
        "io.headgate.host.command.GrantFilter$$Lambda.apply, FILTER",
        "io.headgate.host.authority.GrantedTargets.verdict, FILTER",
        "io.headgate.host.command.OutboundWriter.send, WRITER",
        "io.headgate.host.service.CommandRouter.route, SERVICE",
        "java.lang.Thread.run, OTHER"
    })
    void aFrameBelongsToItsNarrowestStage(String frame, Stage stage) {
        assertThat(Stage.of(List.of(frame))).isEqualTo(stage);
    }

    @Test
    void whatTheJdkOrALibraryDoesCountsForWhomItIsDone() {
        assertThat(Stage.of(List.of(
                        "java.util.concurrent.locks.ReentrantLock.lock",
                        "io.headgate.host.ingress.WaitingLine.acquire",
                        "reactor.core.publisher.FluxPublishOn$PublishOnSubscriber.runAsync",
                        "java.lang.Thread.run")))
                .isEqualTo(Stage.LANE);
        assertThat(Stage.of(List.of(
                        "java.lang.String.<init>",
                        "io.netty.buffer.ByteBufUtil.decodeString",
                        "io.headgate.host.ws.FrameCodec.text",
                        "io.netty.channel.AbstractChannelHandlerContext.invokeChannelRead")))
                .isEqualTo(Stage.DECODE);
    }

    @Test
    void noFrameIsOther() {
        assertThat(Stage.of(List.of())).isEqualTo(Stage.OTHER);
    }
}
