package io.headgate.host.ws.test;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.socket.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import reactor.core.Disposable;
import reactor.core.Disposables;

/** One way of a tunnel: what was read on one side and has not gone on to the other. Every field belongs to the event loop. */
final class OneWay {

    /** Then the side that sends is held back by TCP. The last read may go beyond. */
    static final int MOST_HELD = 64 * 1024;

    private final Way way;
    private final Tunnel tunnel;
    private final Tally tally;
    private final Timers timers;
    private final SocketChannel from;
    private final SocketChannel to;
    private final Deque<Held> queue = new ArrayDeque<>();
    private Manner manner = Manner.PASS;
    private Disposable payment = Disposables.disposed();
    private int paid;
    private int held;
    private boolean writing;
    private boolean pumping;
    private boolean resetWaits;
    private boolean inputEnded;
    private boolean outputEnded;

    private enum End {
        NONE,
        FIN,
        RST
    }

    /** Bytes, or what comes instead of more of them. */
    private static final class Held {
        final ByteBuf bytes;
        final End end;
        boolean due;

        Held(ByteBuf bytes, End end) {
            this.bytes = bytes;
            this.end = end;
        }
    }

    OneWay(Way way, Tunnel tunnel, Tally tally, Timers timers, SocketChannel from, SocketChannel to) {
        this.way = way;
        this.tunnel = tunnel;
        this.tally = tally;
        this.timers = timers;
        this.from = from;
        this.to = to;
    }

    /** The bytes are this way's from now on. */
    void read(ByteBuf bytes) {
        int size = bytes.readableBytes();
        held += size;
        tally.count(way, ledger -> ledger.read(size));
        enter(new Held(bytes, End.NONE));
    }

    void readFin() {
        if (!inputEnded) {
            inputEnded = true;
            enter(new Held(Unpooled.EMPTY_BUFFER, End.FIN));
        }
    }

    /** The side that sends has gone, or bytes that went there the other way were answered so. */
    void readReset() {
        inputEnded = true;
        if (!resetWaits) {
            resetWaits = true;
            enter(new Held(Unpooled.EMPTY_BUFFER, End.RST));
        }
    }

    private void enter(Held item) {
        queue.add(item);
        if (manner.delay().isZero()) {
            item.due = true;
        } else {
            timers.later(manner.delay(), () -> {
                item.due = true;
                pump();
            });
        }
        pump();
    }

    /** What was late under the manner before is no longer. */
    void become(Manner next) {
        manner = next;
        timers.off(payment);
        paid = 0;
        if (next.delay().isZero()) {
            queue.forEach(item -> item.due = true);
        }
        pump();
    }

    void cut() {
        become(Manner.VANISH);
        endOutput();
    }

    boolean hasInputEnded() {
        return inputEnded;
    }

    boolean hasOutputEnded() {
        return outputEnded;
    }

    /** A write that the kernel takes at once comes back in here. */
    void pump() {
        if (pumping) {
            return;
        }
        pumping = true;
        boolean again = true;
        while (again) {
            again = !writing && !queue.isEmpty() && goOn(queue.element());
        }
        pumping = false;
        from.config().setAutoRead(!inputEnded && manner.flow() != Manner.Flow.STOPPED && held < MOST_HELD);
        tunnel.closeWhatHasEnded();
    }

    /** Whether there may be more to do at once. */
    private boolean goOn(Held head) {
        boolean vanishes = manner.flow() == Manner.Flow.NOWHERE;
        boolean gone = !to.isActive();
        if (!vanishes && !gone && (manner.flow() == Manner.Flow.STOPPED || !head.due)) {
            return false;
        }
        if (head.end != End.NONE) {
            queue.remove();
            end(head.end, vanishes);
            return true;
        }
        int most = (int) Math.min(head.bytes.readableBytes(), tunnel.untilNextStep(way));
        if (vanishes || gone) {
            lose(take(head, most));
            if (!vanishes) {
                tunnel.answerReset(way);
            }
            return true;
        }
        int size = Math.min(most, manner.portion());
        if (manner.isThrottled() && paid < size) {
            pay(size);
            return false;
        }
        paid = 0;
        write(take(head, size));
        return true;
    }

    private ByteBuf take(Held head, int size) {
        ByteBuf piece = head.bytes.readRetainedSlice(size);
        if (!head.bytes.isReadable()) {
            queue.remove();
            head.bytes.release();
        }
        return piece;
    }

    private void pay(int size) {
        if (payment.isDisposed()) {
            payment = timers.later(manner.costOf(size), () -> {
                payment = Disposables.disposed();
                paid = size;
                pump();
            });
        }
    }

    private void write(ByteBuf piece) {
        int size = piece.readableBytes();
        writing = true;
        to.writeAndFlush(piece).addListener(written -> {
            writing = false;
            held -= size;
            tally.count(way, ledger -> written.isSuccess() ? ledger.passed(size) : ledger.lost(size));
            tunnel.gone(way, size);
            pump();
        });
    }

    private void lose(ByteBuf piece) {
        int size = piece.readableBytes();
        piece.release();
        held -= size;
        tally.count(way, ledger -> ledger.lost(size));
        tunnel.gone(way, size);
    }

    private void end(End end, boolean vanishes) {
        if (end == End.RST) {
            resetWaits = false;
        }
        if (vanishes) {
            return;
        }
        if (end == End.RST) {
            outputEnded = true;
            Tunnel.reset(to);
        } else {
            endOutput();
        }
    }

    private void endOutput() {
        if (!outputEnded) {
            outputEnded = true;
            to.shutdownOutput();
        }
    }

    /** Nothing more can go. */
    void clear() {
        while (!queue.isEmpty()) {
            Held head = queue.remove();
            int size = head.bytes.readableBytes();
            head.bytes.release();
            held -= size;
            tally.count(way, ledger -> ledger.lost(size));
        }
    }
}
