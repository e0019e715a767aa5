package io.headgate.host.ingress;

import io.headgate.plugin.IngressEvent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes texts into the line, and drops by the lane's policy where they do not fit. Guarded by the lane's lock. */
final class Intake {

    private final Line line;
    private final Room room;
    /** A view of the lane's connections, in their order. */
    private final Collection<LaneConnection> connections;

    Intake(Line line, Room room, Collection<LaneConnection> connections) {
        this.line = line;
        this.room = room;
        this.connections = connections;
    }

    /**
     * Takes or drops a text.
     *
     * @param inReach the text of the line that never gives way, see {@link Room}
     * @return the runs of losses that began
     */
    List<Overflow> put(Waiting text, @Nullable Waiting inReach) {
        if (text.connection.isClosing(text.event().epoch())) {
            drop(text, DropReason.OVERFLOW_CLOSE);
            return List.of();
        }
        DropReason bitten = room.bite(text);
        if (bitten != null) {
            return overflow(text, bitten, inReach);
        }
        enqueue(text);
        return List.of();
    }

    private void enqueue(Waiting text) {
        room.take(text);
        text.connection.reader.isDropping = false;
        line.append(text);
    }

    private List<Overflow> overflow(Waiting text, DropReason bitten, @Nullable Waiting inReach) {
        IngressEvent event = text.event();
        return switch (room.policy()) {
            case DROP_NEWEST, HOLD ->
                drop(text, bitten) ? List.of(told(text.connection, event, event, bitten)) : List.of();
            case CLOSE -> {
                drop(text, bitten);
                text.connection.beginClosing(event.epoch());
                yield List.of(told(text.connection, event, event, bitten));
            }
            case DROP_OLDEST -> makeRoom(text, bitten, inReach);
        };
    }

    private Overflow told(LaneConnection loser, IngressEvent lost, IngressEvent arrived, DropReason bitten) {
        return new Overflow(loser.name(), lost.epoch(), arrived.receivedAtMillis(), bitten, room.policy());
    }

    private boolean drop(Waiting text, DropReason reason) {
        text.connection.drops.add(reason, text.bytes());
        return line.dropAtTheEnd(text);
    }

    private List<Overflow> makeRoom(Waiting text, DropReason first, @Nullable Waiting inReach) {
        IngressEvent event = text.event();
        DropReason always = room.biteAtBest(text, inReach);
        if (always != null) {
            return drop(text, always) ? List.of(told(text.connection, event, event, always)) : List.of();
        }
        List<Overflow> begun = new ArrayList<>(1);
        for (DropReason bitten = first; bitten != null; bitten = room.bite(text)) {
            Waiting victim = room.victim(text, bitten, line, connections, inReach);
            if (victim == null) {
                throw new IllegalStateException("a text that fits an empty lane found none to make room: " + bitten);
            }
            IngressEvent lost = victim.event();
            if (evict(victim, bitten)) {
                begun.add(told(victim.connection, lost, event, bitten));
            }
        }
        enqueue(text);
        return begun;
    }

    private boolean evict(Waiting victim, DropReason reason) {
        room.free(victim);
        victim.connection.drops.add(reason, victim.bytes());
        return line.dropInPlace(victim);
    }
}
