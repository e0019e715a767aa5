package io.headgate.samples.benchmarks.contender;

import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Vert.x: a verticle for each processor, each with its share of the connections on its event loop. Vert.x puts a replacement
 * character for what is no UTF-8: {@link Work#SAME} looks for one, and ends the connection. It tells no bytes of a text:
 * {@code SAME} counts characters.
 */
final class VertX implements Contender {

    private static final int MAX_TEXT = 1 << 20;
    private static final int BATCH = 64;
    private static final short NO_UTF_8 = 1007;

    private final Work work;
    private final Vertx vertx = Vertx.vertx(new VertxOptions()
            .setPreferNativeTransport(true)
            // It would leave a folder behind: nothing is read from one.
            .setFileSystemOptions(
                    new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
    private final Queue<WebSocket> sockets = new ConcurrentLinkedQueue<>();
    // Vert.x closes one that nobody holds, and its connections.
    private @Nullable WebSocketClient client;
    private Future<String> deployment = Future.succeededFuture();
    private volatile @Nullable Handoff handoff;
    private volatile boolean closing;

    VertX(Work work) {
        this.work = work;
    }

    @Override
    public CompletionStage<Void> open(URI target, Shape shape, Task task) {
        handoff = work == Work.SAME ? new Handoff() : null;
        closing = false;
        WebSocketClient dialling = vertx.createWebSocketClient(new WebSocketClientOptions()
                .setMaxConnections(shape.connections())
                .setMaxFrameSize(MAX_TEXT)
                .setMaxMessageSize(MAX_TEXT));
        client = dialling;
        int verticles = Math.min(shape.connections(), Runtime.getRuntime().availableProcessors());
        AtomicInteger first = new AtomicInteger();
        deployment = vertx.deployVerticle(
                () -> new Share(dialling, target, shape.connections(), task, first.getAndIncrement(), verticles),
                new DeploymentOptions().setInstances(verticles));
        return deployment.<Void>mapEmpty().toCompletionStage();
    }

    @Override
    public CompletionStage<Void> close() {
        closing = true;
        Handoff hop = handoff;
        WebSocketClient ending = client;
        List<Future<Void>> closed = sockets.stream().map(WebSocket::close).toList();
        sockets.clear();
        return Future.join(closed)
                .transform(done -> deployment.compose(vertx::undeploy).otherwiseEmpty())
                .compose(done -> ending == null ? Future.<Void>succeededFuture() : ending.close())
                .onComplete(done -> {
                    if (hop != null) {
                        hop.close();
                    }
                })
                .toCompletionStage();
    }

    /** Opens every so many-th connection. */
    private final class Share extends VerticleBase {

        private final WebSocketClient client;
        private final URI target;
        private final int connections;
        private final Task task;
        private final int first;
        private final int step;

        Share(WebSocketClient client, URI target, int connections, Task task, int first, int step) {
            this.client = client;
            this.target = target;
            this.connections = connections;
            this.task = task;
            this.first = first;
            this.step = step;
        }

        @Override
        public Future<?> start() {
            List<Future<Void>> opening = new ArrayList<>();
            for (int number = first; number < connections; number += step) {
                int connection = number;
                opening.add(client.connect(target.getPort(), target.getHost(), target.getPath())
                        .map(socket -> opened(socket, connection)));
            }
            return Future.join(opening);
        }

        private @Nullable Void opened(WebSocket socket, int connection) {
            sockets.add(socket);
            if (task instanceof Task.Receive receive) {
                socket.textMessageHandler(taking(socket, receive.recipients().apply(connection)));
            } else if (task instanceof Task.Echo) {
                socket.textMessageHandler(taking(socket, socket::writeTextMessage));
            } else if (task instanceof Task.Send send) {
                socket.drainHandler(drained -> send(socket, send.text()));
                send(socket, send.text());
            }
            return null;
        }

        private Handler<String> taking(WebSocket socket, Recipient recipient) {
            Handoff hop = handoff;
            return hop == null ? recipient::text : new Handing(socket, recipient, hop, context);
        }

        /** Lets the other connections of the loop have a turn. */
        private void send(WebSocket socket, String text) {
            for (int i = 0; i < BATCH; i++) {
                if (closing || socket.isClosed() || socket.writeQueueFull()) {
                    return;
                }
                socket.writeTextMessage(text);
            }
            context.runOnContext(next -> send(socket, text));
        }
    }

    private static final class Handing extends Handoff.Reading implements Handler<String> {

        private final WebSocket socket;
        private final Recipient recipient;
        private final Handoff handoff;
        private final Context context;
        private final Traffic traffic = new Traffic();

        Handing(WebSocket socket, Recipient recipient, Handoff handoff, Context context) {
            this.socket = socket;
            this.recipient = recipient;
            this.handoff = handoff;
            this.context = context;
        }

        @Override
        public void handle(String text) {
            if (!Utf8.isSound(text)) {
                socket.close(NO_UTF_8);
                return;
            }
            traffic.add(text.length());
            handoff.put(recipient, text, this);
        }

        @Override
        void stop() {
            socket.pause();
        }

        @Override
        void resume() {
            context.runOnContext(next -> socket.resume());
        }
    }
}
