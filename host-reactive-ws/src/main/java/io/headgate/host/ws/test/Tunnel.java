package io.headgate.host.ws.test;

import io.netty.channel.socket.SocketChannel;
import java.util.function.Consumer;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Scheduler;

/** One connection through a proxy: two sockets, two ways, and a script. Every field belongs to the event loop. */
final class Tunnel {

    private final SocketChannel host;
    private final SocketChannel peer;
    private final Tally tally;
    private final Timers timers;
    private final Consumer<Tunnel> over;
    private final OneWay toHost;
    private final OneWay toPeer;
    private TcpScript script;
    private int nextStep;
    private long goneSinceStep;
    private Disposable wait = Disposables.disposed();
    private boolean started;
    private boolean ended;
    private int unregistered;

    /** Neither socket reads until the peer has accepted. */
    Tunnel(
            SocketChannel host,
            SocketChannel peer,
            TcpScript script,
            Tally tally,
            Scheduler clock,
            Consumer<Tunnel> over) {
        this.host = host;
        this.peer = peer;
        this.script = script;
        this.tally = tally;
        this.timers = new Timers(clock, host.eventLoop());
        this.over = over;
        this.toHost = new OneWay(Way.TO_HOST, this, tally, timers, peer, host);
        this.toPeer = new OneWay(Way.TO_PEER, this, tally, timers, host, peer);
        host.pipeline().addLast(new TunnelEnd(this, toPeer, toHost));
        peer.pipeline().addLast(new TunnelEnd(this, toHost, toPeer));
    }

    /** One of the sockets is connected. That of the host is so from the beginning. */
    void connected() {
        if (!peer.isActive() || started) {
            return;
        }
        started = true;
        arm();
        become(script.first());
    }

    /** Takes the place of the script. */
    void now(TcpFault fault) {
        script = TcpScript.of(fault);
        nextStep = 0;
        timers.off(wait);
        if (started) {
            become(fault);
        }
    }

    private void become(TcpFault fault) {
        if (ended) {
            return;
        }
        for (TcpFault part : Manner.parts(fault)) {
            if (part instanceof TcpFault.Cut) {
                cut();
                return;
            }
            if (part instanceof TcpFault.Reset) {
                reset();
                return;
            }
        }
        toHost.become(Manner.of(fault, Way.TO_HOST));
        toPeer.become(Manner.of(fault, Way.TO_PEER));
    }

    private void arm() {
        goneSinceStep = 0;
        if (nextStep < script.steps().size() && script.steps().get(nextStep) instanceof TcpScript.AfterTime after) {
            wait = timers.later(after.length(), this::step);
        }
    }

    private void step() {
        TcpFault fault = script.steps().get(nextStep).then();
        nextStep++;
        arm();
        become(fault);
    }

    /** How many bytes may go that way before something else has to be looked at. */
    long untilNextStep(Way way) {
        return nextStep < script.steps().size()
                        && script.steps().get(nextStep) instanceof TcpScript.AfterBytes after
                        && after.way() == way
                ? after.bytes() - goneSinceStep
                : Long.MAX_VALUE;
    }

    /** So many have gone that way, passed on or lost. */
    void gone(Way way, int bytes) {
        long left = untilNextStep(way);
        goneSinceStep += left == Long.MAX_VALUE ? 0 : bytes;
        if (left == bytes) {
            step();
        }
    }

    /** Bytes went to a socket that is no more: the kernel there would say so, the other way. */
    void answerReset(Way way) {
        (way == Way.TO_HOST ? toPeer : toHost).readReset();
    }

    /** A socket that has neither anything to read nor to write is of no use, and still in the way of a test for leaks. */
    void closeWhatHasEnded() {
        if (toPeer.hasInputEnded() && toHost.hasOutputEnded()) {
            host.close();
        }
        if (toHost.hasInputEnded() && toPeer.hasOutputEnded()) {
            peer.close();
        }
    }

    private void cut() {
        endScript();
        toHost.cut();
        toPeer.cut();
        closeWhatHasEnded();
    }

    /** Both at once, whatever is on its way. */
    void reset() {
        endScript();
        reset(host);
        reset(peer);
    }

    /** For good, and in whatever way the kernel ends a socket. */
    void close() {
        endScript();
        host.close();
        peer.close();
    }

    private void endScript() {
        ended = true;
        nextStep = script.steps().size();
        timers.off(wait);
    }

    /** A socket has gone, with all that waited for it. */
    void unregistered() {
        unregistered++;
        if (!started) {
            reset();
        }
        if (unregistered == 2) {
            timers.end();
            toHost.clear();
            toPeer.clear();
            tally.count(TcpCounts::closed);
            over.accept(this);
        }
    }

    static void reset(SocketChannel socket) {
        if (socket.isActive()) {
            socket.config().setSoLinger(0);
        }
        socket.close();
    }
}
