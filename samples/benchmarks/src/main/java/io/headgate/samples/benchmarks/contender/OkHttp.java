package io.headgate.samples.benchmarks.contender;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import org.jspecify.annotations.Nullable;

/**
 * OkHttp: a reading thread for each connection, which {@link Work#SAME} holds while the queue is full. OkHttp puts a replacement
 * character for what is no UTF-8: {@code SAME} looks for one, and ends the connection. It tells no bytes: {@code SAME} counts
 * characters.
 */
final class OkHttp implements Contender {

    private static final int NORMAL = 1000;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Work work;
    private final List<Connection> connections = new ArrayList<>();
    private @Nullable OkHttpClient client;
    private @Nullable Handoff handoff;

    OkHttp(Work work) {
        this.work = work;
    }

    @Override
    public CompletionStage<Void> open(URI target, Shape shape, Task task) {
        OkHttpClient dialling = client(shape);
        client = dialling;
        handoff = work == Work.SAME ? new Handoff() : null;
        Request request = new Request.Builder().url(target.toString()).build();
        List<CompletableFuture<Void>> opening = new ArrayList<>();
        for (int number = 0; number < shape.connections(); number++) {
            Connection connection = connection(task, number);
            connections.add(connection);
            opening.add(connection.open);
            dialling.newWebSocket(request, connection);
        }
        return CompletableFuture.allOf(opening.toArray(CompletableFuture[]::new));
    }

    /** An open WebSocket is a running request to the dispatcher. */
    private static OkHttpClient client(Shape shape) {
        Dispatcher dispatcher = new Dispatcher();
        dispatcher.setMaxRequests(shape.connections());
        dispatcher.setMaxRequestsPerHost(shape.connections());
        return new OkHttpClient.Builder()
                .dispatcher(dispatcher)
                .minWebSocketMessageToCompress(Long.MAX_VALUE)
                .webSocketCloseTimeout(PATIENCE)
                .build();
    }

    private Connection connection(Task task, int number) {
        if (task instanceof Task.Receive receive) {
            Recipient recipient = receive.recipients().apply(number);
            return taking(socket -> recipient);
        }
        if (task instanceof Task.Echo) {
            return taking(socket -> socket::send);
        }
        return task instanceof Task.Send send ? new Sending(send.text()) : new Connection();
    }

    private Connection taking(Destination destination) {
        Handoff hop = handoff;
        return hop == null ? new Delivering(destination) : new Handing(destination, hop);
    }

    @Override
    public CompletionStage<Void> close() {
        OkHttpClient ending = client;
        Handoff hop = handoff;
        CompletableFuture<Void> closed = CompletableFuture.allOf(
                connections.stream().map(Connection::close).toArray(CompletableFuture[]::new));
        connections.clear();
        return closed.thenRun(() -> {
            if (hop != null) {
                hop.close();
            }
            if (ending != null) {
                ending.dispatcher().executorService().shutdown();
                ending.connectionPool().evictAll();
            }
        });
    }

    /** Where the texts of a socket go. */
    @FunctionalInterface
    private interface Destination {
        Recipient of(WebSocket socket);
    }

    private static class Connection extends WebSocketListener {

        final CompletableFuture<Void> open = new CompletableFuture<>();
        private final CompletableFuture<Void> closed = new CompletableFuture<>();
        private volatile @Nullable WebSocket socket;

        @Override
        public void onOpen(WebSocket opened, Response response) {
            socket = opened;
            open.complete(null);
        }

        @Override
        public final void onClosed(WebSocket ended, int code, String reason) {
            closed.complete(null);
        }

        @Override
        public final void onFailure(WebSocket failed, Throwable cause, @Nullable Response response) {
            open.completeExceptionally(cause);
            closed.complete(null);
        }

        final CompletableFuture<Void> close() {
            WebSocket closing = socket;
            if (closing == null) {
                return CompletableFuture.completedFuture(null);
            }
            closing.close(NORMAL, null);
            return closed;
        }
    }

    private static final class Sending extends Connection {

        private final String text;

        Sending(String text) {
            this.text = text;
        }

        @Override
        public void onOpen(WebSocket opened, Response response) {
            super.onOpen(opened, response);
            Sender.start(() -> opened.queueSize() > Sender.AHEAD_BYTES, () -> opened.send(text));
        }
    }

    private static class Delivering extends Connection {

        private final Destination destination;
        private Recipient recipient = text -> {};

        Delivering(Destination destination) {
            this.destination = destination;
        }

        @Override
        public final void onOpen(WebSocket opened, Response response) {
            recipient = destination.of(opened);
            super.onOpen(opened, response);
        }

        @Override
        public final void onMessage(WebSocket from, String text) {
            take(from, recipient, text);
        }

        void take(WebSocket from, Recipient to, String text) {
            to.text(text);
        }
    }

    private static final class Handing extends Delivering {

        private final Handoff handoff;
        private final Traffic traffic = new Traffic();
        private final Gate gate = new Gate();

        Handing(Destination destination, Handoff handoff) {
            super(destination);
            this.handoff = handoff;
        }

        @Override
        void take(WebSocket from, Recipient to, String text) {
            if (!Utf8.isSound(text)) {
                from.cancel();
                return;
            }
            traffic.add(text.length());
            handoff.put(to, text, gate);
            gate.pass();
        }
    }
}
