package io.headgate.host.ws.soak;

import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What the peer knows of one connection, over all its sessions. Any thread. */
final class PeerConnection {

    final Place place;
    /** Upgrades that were answered with 101. */
    final AtomicLong accepted = new AtomicLong();
    /** Upgrades that arrived. */
    final AtomicLong asked = new AtomicLong();
    /** Numbered texts that were written. */
    final AtomicLong sent = new AtomicLong();
    /** Texts that arrived. */
    final AtomicLong arrived = new AtomicLong();

    private final Set<PeerSession> open = ConcurrentHashMap.newKeySet();
    private final Queue<SoakFault.OfDials> faults = new ConcurrentLinkedQueue<>();
    private volatile @Nullable PeerSession latest;

    PeerConnection(Place place) {
        this.place = place;
    }

    /** Has it go wrong at the next dials. */
    void befalls(SoakFault.OfDials fault) {
        for (int dial = 0; dial < fault.dials(); dial++) {
            faults.add(fault);
        }
    }

    SoakFault.@Nullable OfDials nextFault() {
        return faults.poll();
    }

    void calm() {
        faults.clear();
        open.forEach(PeerSession::calm);
    }

    /** A session began: whatever is still open before it has to be seen to end soon. */
    void begins(PeerSession session) {
        open.forEach(PeerSession::isOver);
        open.add(session);
        latest = session;
    }

    void ended(PeerSession session) {
        open.remove(session);
        if (latest == session) {
            latest = null;
        }
    }

    List<PeerSession> open() {
        return List.copyOf(open);
    }

    @Nullable
    PeerSession latest() {
        return latest;
    }
}
