package io.headgate.host.ws.broker;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** STOMP over the JDK's WebSocket client, as a reference: what it can do with a broker, the host must be able to do. */
final class StompWebSocket implements AutoCloseable {

    private static final Duration ANSWER = Duration.ofSeconds(10);

    private final Received received = new Received();
    private final WebSocket socket;

    private StompWebSocket(URI uri) {
        socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .subprotocols("v12.stomp")
                .connectTimeout(ANSWER)
                .buildAsync(uri, received)
                .join();
    }

    static StompWebSocket connect(URI uri) {
        return new StompWebSocket(uri);
    }

    String subprotocol() {
        return socket.getSubprotocol();
    }

    void send(StompFrame frame) {
        socket.sendText(Stomp.format(frame), true).join();
    }

    /** The next frame of the broker. */
    StompFrame next() throws InterruptedException {
        StompFrame frame = received.frames.poll(ANSWER.toSeconds(), TimeUnit.SECONDS);
        if (frame == null) {
            throw new AssertionError("the broker sent nothing for " + ANSWER, received.failure);
        }
        return frame;
    }

    @Override
    public void close() {
        socket.abort();
    }

    /** Puts the parts of each text message together. One message holds one frame. */
    private static final class Received implements WebSocket.Listener {
        private final BlockingQueue<StompFrame> frames = new LinkedBlockingQueue<>();
        private final StringBuilder message = new StringBuilder();
        private volatile @Nullable Throwable failure;

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            message.append(data);
            if (last) {
                Stomp.parse(message.toString()).ifPresent(frames::add);
                message.setLength(0);
            }
            webSocket.request(1);
            return null;
        }

        @Override
        public void onError(WebSocket webSocket, Throwable error) {
            failure = error;
        }
    }
}
