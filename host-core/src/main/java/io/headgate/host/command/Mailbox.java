package io.headgate.host.command;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be written, in command order, exactly bounded. Any thread may offer and any may poll: when the session's
 * thread has ended, whoever comes last clears up.
 */
final class Mailbox {

    private final Queue<IssuedCommand> commands = new ConcurrentLinkedQueue<>();
    private final int capacity;
    private final AtomicLong commandRoom;
    private final AtomicLong byteRoom;

    Mailbox(MailboxBounds bounds) {
        this.capacity = bounds.maxCommands();
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
        return commands.add(command);
    }

    @Nullable
    IssuedCommand poll() {
        IssuedCommand command = commands.poll();
        if (command != null) {
            byteRoom.addAndGet(command.textBytes());
            commandRoom.incrementAndGet();
        }
        return command;
    }

    /** How many wait, those included that another thread is just putting in. */
    int waiting() {
        return (int) (capacity - commandRoom.get());
    }

    boolean isEmpty() {
        return commands.isEmpty();
    }

    private static boolean take(AtomicLong room, long wanted) {
        // Never below zero, not even for a moment: what does not fit must not crowd out what does.
        return room.getAndUpdate(left -> left >= wanted ? left - wanted : left) >= wanted;
    }
}
