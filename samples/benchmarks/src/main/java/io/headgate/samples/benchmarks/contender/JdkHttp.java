package io.headgate.samples.benchmarks.contender;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The JDK's {@code HttpClient}, which checks UTF-8 by itself. It tells no bytes: {@link Work#SAME} counts characters. */
final class JdkHttp implements Contender {

    private static final long PATIENCE_SECONDS = 10;

    private final Work work;
    private final Executor threads = Executors.newCachedThreadPool(JdkHttp::daemon);
    private final HttpClient http = HttpClient.newBuilder().executor(threads).build();
    private final List<Connection> connections = new ArrayList<>();
    private @Nullable Handoff handoff;

    JdkHttp(Work work) {
        this.work = work;
    }

    @Override
    public CompletionStage<Void> open(URI target, Shape shape, Task task) {
        handoff = work == Work.SAME ? new Handoff() : null;
        List<CompletableFuture<WebSocket>> opening = new ArrayList<>();
        for (int number = 0; number < shape.connections(); number++) {
            Connection connection = new Connection(taking(task, number), task);
            connections.add(connection);
            opening.add(http.newWebSocketBuilder().buildAsync(target, connection));
        }
        return CompletableFuture.allOf(opening.toArray(CompletableFuture[]::new));
    }

    private Function<WebSocket, Taking> taking(Task task, int number) {
        Handoff hop = handoff;
        if (task instanceof Task.Receive receive) {
            Recipient recipient = receive.recipients().apply(number);
            return socket -> hop == null ? new Delivering(socket, recipient) : new Handing(socket, recipient, hop);
        }
        if (task instanceof Task.Echo) {
            return socket -> hop == null ? new Echoing(socket) : new Handing(socket, new QueuedEcho(socket), hop);
        }
        return socket -> new Delivering(socket, text -> {});
    }

    @Override
    public CompletionStage<Void> close() {
        Handoff hop = handoff;
        CompletableFuture<Void> closed = CompletableFuture.allOf(
                connections.stream().map(Connection::close).toArray(CompletableFuture[]::new));
        connections.clear();
        return hop == null ? closed : closed.thenRun(hop::close);
    }

    /** Takes a text, and asks for the next when there is room. */
    @FunctionalInterface
    private interface Taking {
        void text(String text);
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "jdk");
        thread.setDaemon(true);
        return thread;
    }

    private final class Connection implements WebSocket.Listener {

        private final Function<WebSocket, Taking> making;
        private final Task task;
        private final CompletableFuture<Void> closed = new CompletableFuture<>();
        private volatile @Nullable WebSocket open;
        private Taking taking = text -> {};
        private @Nullable StringBuilder parts;

        Connection(Function<WebSocket, Taking> making, Task task) {
            this.making = making;
            this.task = task;
        }

        @Override
        public void onOpen(WebSocket socket) {
            open = socket;
            taking = making.apply(socket);
            socket.request(1);
            if (task instanceof Task.Send send) {
                threads.execute(() -> send(socket, send.text()));
            }
        }

        /** One after the other, as the JDK asks for; on a thread that may be kept, as most of them are done at once. */
        private void send(WebSocket socket, String text) {
            CompletableFuture<WebSocket> sent = socket.sendText(text, true);
            while (sent.isDone() && !sent.isCompletedExceptionally()) {
                sent = socket.sendText(text, true);
            }
            sent.thenRunAsync(() -> send(socket, text), threads);
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            StringBuilder begun = parts;
            if (last && begun == null) {
                taking.text(data.toString());
                return null;
            }
            StringBuilder all = (begun == null ? new StringBuilder() : begun).append(data);
            parts = last ? null : all;
            if (last) {
                taking.text(all.toString());
            } else {
                socket.request(1);
            }
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            closed.complete(null);
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            closed.complete(null);
        }

        CompletableFuture<Void> close() {
            WebSocket closing = open;
            if (closing == null) {
                return CompletableFuture.completedFuture(null);
            }
            closing.sendClose(WebSocket.NORMAL_CLOSURE, "");
            return closed.completeOnTimeout(null, PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .thenRun(closing::abort);
        }
    }

    private record Delivering(WebSocket socket, Recipient recipient) implements Taking {

        @Override
        public void text(String text) {
            recipient.text(text);
            socket.request(1);
        }
    }

    private record Echoing(WebSocket socket) implements Taking {

        @Override
        public void text(String text) {
            socket.sendText(text, true).thenRun(() -> socket.request(1));
        }
    }

    /** Sends one after the other, as the JDK asks for. On the worker. */
    private static final class QueuedEcho implements Recipient {

        private CompletableFuture<WebSocket> sent;

        QueuedEcho(WebSocket socket) {
            this.sent = CompletableFuture.completedFuture(socket);
        }

        @Override
        public void text(String text) {
            sent = sent.thenCompose(done -> done.sendText(text, true));
        }
    }

    /** Does not ask for the next while it is held. */
    private static final class Handing extends Handoff.Reading implements Taking {

        private final WebSocket socket;
        private final Recipient recipient;
        private final Handoff handoff;
        private final Traffic traffic = new Traffic();
        private boolean asks;

        Handing(WebSocket socket, Recipient recipient, Handoff handoff) {
            this.socket = socket;
            this.recipient = recipient;
            this.handoff = handoff;
        }

        @Override
        public void text(String text) {
            traffic.add(text.length());
            asks = true;
            handoff.put(recipient, text, this);
            if (asks) {
                socket.request(1);
            }
        }

        @Override
        void stop() {
            asks = false;
        }

        @Override
        void resume() {
            socket.request(1);
        }
    }
}
