package io.headgate.samples.benchmarks.contender;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.java_websocket.WebSocketImpl;
import org.java_websocket.client.WebSocketClient;
import org.java_websocket.exceptions.WebsocketNotConnectedException;
import org.java_websocket.handshake.ServerHandshake;
import org.jspecify.annotations.Nullable;

/**
 * Java-WebSocket: a reading and a writing thread for each connection, of which {@link Work#SAME} holds the first while the queue
 * is full. It checks UTF-8 by itself, and tells no bytes: {@code SAME} counts characters.
 */
final class JavaWebSocket implements Contender {

    private final Work work;
    private final List<Connection> connections = new ArrayList<>();
    private @Nullable Handoff handoff;

    JavaWebSocket(Work work) {
        this.work = work;
    }

    @Override
    public CompletionStage<Void> open(URI target, Shape shape, Task task) {
        handoff = work == Work.SAME ? new Handoff() : null;
        List<CompletableFuture<Void>> opening = new ArrayList<>();
        for (int number = 0; number < shape.connections(); number++) {
            Connection connection = connection(target, task, number);
            connection.setConnectionLostTimeout(0);
            connection.setTcpNoDelay(true);
            connection.setDaemon(true);
            connections.add(connection);
            opening.add(connection.open);
            connection.connect();
        }
        return CompletableFuture.allOf(opening.toArray(CompletableFuture[]::new));
    }

    private Connection connection(URI target, Task task, int number) {
        if (task instanceof Task.Send send) {
            return new Sending(target, send.text());
        }
        Handoff hop = handoff;
        Connection connection = hop == null ? new Connection(target) : new Handing(target, hop);
        if (task instanceof Task.Receive receive) {
            connection.recipient = receive.recipients().apply(number);
        } else if (task instanceof Task.Echo) {
            connection.recipient = connection::sendIfOpen;
        }
        return connection;
    }

    @Override
    public CompletionStage<Void> close() {
        Handoff hop = handoff;
        List<CompletableFuture<Void>> closing = new ArrayList<>();
        for (Connection connection : connections) {
            closing.add(connection.closed);
            connection.close();
        }
        connections.clear();
        CompletableFuture<Void> closed = CompletableFuture.allOf(closing.toArray(CompletableFuture[]::new));
        return hop == null ? closed : closed.thenRun(hop::close);
    }

    private static class Connection extends WebSocketClient {

        final CompletableFuture<Void> open = new CompletableFuture<>();
        final CompletableFuture<Void> closed = new CompletableFuture<>();
        Recipient recipient = text -> {};

        Connection(URI target) {
            super(target);
        }

        @Override
        public void onOpen(ServerHandshake handshake) {
            open.complete(null);
        }

        @Override
        public void onMessage(String text) {
            recipient.text(text);
        }

        final boolean sendIfOpen(String text) {
            try {
                send(text);
                return true;
            } catch (WebsocketNotConnectedException closedMeanwhile) {
                return false;
            }
        }

        @Override
        public final void onClose(int code, String reason, boolean remote) {
            open.completeExceptionally(new IllegalStateException("closed with " + code + " " + reason));
            closed.complete(null);
        }

        @Override
        public final void onError(Exception error) {
            open.completeExceptionally(error);
        }
    }

    private static final class Sending extends Connection {

        private final String text;

        Sending(URI target, String text) {
            super(target);
            this.text = text;
        }

        @Override
        public void onOpen(ServerHandshake handshake) {
            super.onOpen(handshake);
            WebSocketImpl socket = (WebSocketImpl) getConnection();
            int ahead = Math.max(1, Sender.AHEAD_BYTES / text.length());
            Sender.start(() -> isOpen() && socket.outQueue.size() > ahead, () -> sendIfOpen(text));
        }
    }

    private static final class Handing extends Connection {

        private final Handoff handoff;
        private final Traffic traffic = new Traffic();
        private final Gate gate = new Gate();

        Handing(URI target, Handoff handoff) {
            super(target);
            this.handoff = handoff;
        }

        @Override
        public void onMessage(String text) {
            traffic.add(text.length());
            handoff.put(recipient, text, gate);
            gate.pass();
        }
    }
}
