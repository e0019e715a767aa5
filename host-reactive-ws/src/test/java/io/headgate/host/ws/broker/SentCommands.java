package io.headgate.host.ws.broker;

import io.headgate.plugin.OutputCommand;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The commands that a plugin which speaks STOMP gave to the host, whatever became of them. */
final class SentCommands {

    private final Queue<OutputCommand> commands = new ConcurrentLinkedQueue<>();

    void add(OutputCommand command) {
        commands.add(command);
    }

    /** All of them, as they are now. */
    List<OutputCommand> all() {
        return List.copyOf(commands);
    }

    /** Texts that hold this STOMP frame. */
    long frames(String stompCommand) {
        return framesSince(1, stompCommand);
    }

    /** Those for that session and later ones. */
    long framesSince(long epoch, String stompCommand) {
        return commands.stream()
                .filter(command -> command instanceof OutputCommand.SendText && command.epoch() >= epoch)
                .flatMap(command -> Stomp.parse(((OutputCommand.SendText) command).text()).stream())
                .filter(frame -> frame.command().equals(stompCommand))
                .count();
    }

    long heartBeats() {
        return commands.stream()
                .filter(command -> command instanceof OutputCommand.SendText send && Stomp.isHeartBeat(send.text()))
                .count();
    }
}
