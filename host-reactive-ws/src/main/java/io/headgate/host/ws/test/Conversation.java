package io.headgate.host.ws.test;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Plays one script on one connection. Every field belongs to the event loop. */
final class Conversation extends ChannelInboundHandlerAdapter {

    private final Progress progress;
    private final Acts acts;
    private boolean acting;
    private boolean answeredClose;

    Conversation(Progress progress, Acts acts) {
        this.progress = progress;
        this.acts = acts;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        go(ctx);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        Arrival arrival = (Arrival) message;
        if (arrival instanceof Arrival.Request request) {
            acts.requested(request);
        }
        progress.arrived(arrival);
        go(ctx);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            ended(ctx, false);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        ended(ctx, false);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof IOException) {
            ended(ctx, true);
        } else {
            fail(ctx, String.valueOf(cause.getMessage()));
        }
        ctx.close();
    }

    private void ended(ChannelHandlerContext ctx, boolean reset) {
        if (acts.end()) {
            progress.arrived(new Arrival.End(reset));
        }
        go(ctx);
    }

    private void go(ChannelHandlerContext ctx) {
        Step step = progress.current();
        while (!acting && step != null) {
            if (step instanceof Step.Act act) {
                acting = true;
                acts.make(ctx, act, failure -> acted(ctx, failure));
            } else if (!meet(ctx, (Step.Expect) step)) {
                return;
            }
            step = progress.current();
        }
        if (step == null) {
            progress.checkEnd();
            if (acts.hasEnded()) {
                ctx.close();
            }
        }
    }

    private void acted(ChannelHandlerContext ctx, @Nullable String failure) {
        acting = false;
        if (failure == null) {
            progress.made();
            go(ctx);
        } else {
            fail(ctx, failure);
        }
    }

    /** Whether the script can go on. */
    private boolean meet(ChannelHandlerContext ctx, Step.Expect step) {
        Arrival arrival = progress.poll();
        if (arrival == null) {
            if (acts.hasEnded()) {
                fail(ctx, acts.hasEndedHere() ? "the gateway had ended TCP itself" : "TCP had ended before");
            }
            return false;
        }
        if (step instanceof Step.TakeRest rest) {
            answer(ctx, rest, arrival);
            if (arrival instanceof Arrival.End) {
                progress.made();
            }
            return true;
        }
        if (isMet(step, arrival)) {
            progress.made();
            return true;
        }
        fail(ctx, "came " + arrival);
        return false;
    }

    private void answer(ChannelHandlerContext ctx, Step.TakeRest rest, Arrival arrival) {
        boolean isClose = arrival instanceof Arrival.Frame came && came.frame().opcode() == WireFrame.CLOSE;
        if (!isClose || answeredClose || rest.onClose() == Step.OnClose.NOTHING) {
            return;
        }
        answeredClose = true;
        if (rest.onClose() == Step.OnClose.ANSWER) {
            acts.send(ctx, ((Arrival.Frame) arrival).frame().withMask(false).bytes());
        }
        acts.endOutput(ctx);
    }

    private static boolean isMet(Step.Expect step, Arrival arrival) {
        if (step instanceof Step.ExpectUpgrade) {
            return arrival instanceof Arrival.Request request
                    && request.headers().containsKey("sec-websocket-key");
        }
        if (step instanceof Step.ExpectEnd) {
            return arrival instanceof Arrival.End;
        }
        if (!(arrival instanceof Arrival.Frame came) || !came.frame().masked()) {
            return false;
        }
        return step instanceof Step.ExpectClose close
                ? came.frame().opcode() == WireFrame.CLOSE && came.frame().closeCode() == close.code()
                : step instanceof Step.ExpectFrame expected
                        && came.frame().equals(expected.frame().withMask(true));
    }

    private void fail(ChannelHandlerContext ctx, String why) {
        progress.fail(why);
        progress.checkEnd();
        ctx.close();
    }
}
