package io.headgate.host.command;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be written, in command order, exactly bounded; what is handed over counts until it is decided, as it takes a
 * place in the service's window just the same. Any thread may offer and any may poll: when the session's
 * thread has ended, whoever comes last clears up.
 */
final class Mailbox {

    private final Queue<IssuedCommand> commands = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicLong commandRoom;
    private final AtomicLong byteRoom;

    Mailbox(MailboxBounds bounds) {
        this.commandRoom = new AtomicLong(bounds.maxCommands());
        this.byteRoom = new AtomicLong(bounds.maxBytes());
    }

    boolean offer(IssuedCommand command) {
        int bytes = command.textBytes();
        if (!take(commandRoom, 1)) {
            return false;
        }
        if (!take(byteRoom, bytes)) {
            commandRoom.incrementAndGet();
            return false;
        }
        waiting.incrementAndGet();
        return commands.add(command);
    }

    @Nullable
    IssuedCommand poll() {
        IssuedCommand command = commands.poll();
        if (command != null) {
            waiting.decrementAndGet();
        }
        return command;
    }

    /** The oldest, which stays; may be gone by the time it is taken out. */
    @Nullable
    IssuedCommand peek() {
        return commands.peek();
    }

    /** What waits, oldest first; may be gone by the time it is looked at. */
    Iterable<IssuedCommand> waitingCommands() {
        return commands;
    }

    /** Takes one out of its place; answers whether it was there, so that of two who take it one does. */
    boolean remove(IssuedCommand command) {
        boolean removed = commands.remove(command);
        if (removed) {
            waiting.decrementAndGet();
        }
        return removed;
    }

    /** Gives back the room of a command that was polled, just before it is decided. */
    void release(IssuedCommand command) {
        byteRoom.addAndGet(command.textBytes());
        commandRoom.incrementAndGet();
    }

    /** How many wait, those included that another thread is just putting in. */
    int waiting() {
        return waiting.get();
    }

    boolean isEmpty() {
        return commands.isEmpty();
    }

    private static boolean take(AtomicLong room, long wanted) {
        // Never below zero, not even for a moment: what does not fit must not crowd out what does.
        return room.getAndUpdate(left -> left >= wanted ? left - wanted : left) >= wanted;
    }
}
