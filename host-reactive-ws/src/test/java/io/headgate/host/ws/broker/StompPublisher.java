package io.headgate.host.ws.broker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.IntFunction;

/**
 * Another client of the broker than the host: STOMP over a plain socket. It waits for each answer; a broker that says
 * nothing for ten seconds, or an ERROR, fails the call. For one thread.
 */
public final class StompPublisher implements Closeable {

    /** Unanswered sends at most, so that neither side's socket buffer can fill up. */
    private static final int WINDOW = 100;

    private static final Duration ANSWER = Duration.ofSeconds(10);

    private final Socket socket;
    private final OutputStream out;
    private final StompInput in;
    private final Queue<StompFrame> messages = new ArrayDeque<>();
    private int requests;

    private StompPublisher(Socket socket) throws IOException {
        this.socket = socket;
        this.out = socket.getOutputStream();
        this.in = new StompInput(socket.getInputStream());
        socket.setSoTimeout(Math.toIntExact(ANSWER.toMillis()));
    }

    /** Connects and logs in. */
    public static StompPublisher connect(RabbitBroker broker) throws IOException {
        StompPublisher publisher = new StompPublisher(new Socket(broker.getHost(), broker.stompPort()));
        publisher.send(StompFrame.of("CONNECT")
                .with("accept-version", "1.2")
                .with("host", "/")
                .with("login", RabbitBroker.GUEST)
                .with("passcode", RabbitBroker.GUEST));
        publisher.expect("CONNECTED");
        return publisher;
    }

    /**
     * Publishes messages; {@code /queue/name} declares that queue.
     *
     * @return how many the broker confirmed with a receipt: all of them, or this fails
     */
    public int publish(String destination, int count, IntFunction<String> body) throws IOException {
        return publish(StompFrame.of("SEND").with("destination", destination), count, body);
    }

    /** Publishes likewise messages that the broker has on its disk when it confirms them. */
    public int publishPersistent(String destination, int count, IntFunction<String> body) throws IOException {
        return publish(StompFrame.of("SEND").with("destination", destination).with("persistent", "true"), count, body);
    }

    private int publish(StompFrame message, int count, IntFunction<String> body) throws IOException {
        int confirmed = 0;
        for (int i = 0; i < count; i++) {
            send(message.with("receipt", receipt()).withBody(body.apply(i)));
            if (i - confirmed >= WINDOW) {
                expect("RECEIPT");
                confirmed++;
            }
        }
        while (confirmed < count) {
            expect("RECEIPT");
            confirmed++;
        }
        return confirmed;
    }

    /** Subscribes for long enough to take and acknowledge that many messages, and returns their bodies. */
    public List<String> consume(String destination, int count) throws IOException {
        String id = receipt();
        request(StompFrame.of("SUBSCRIBE")
                .with("id", id)
                .with("destination", destination)
                .with("ack", "client-individual")
                .with("prefetch-count", "1"));
        List<String> bodies = new ArrayList<>();
        while (bodies.size() < count) {
            StompFrame message = messages.isEmpty() ? expect("MESSAGE") : messages.remove();
            bodies.add(message.body());
            request(StompFrame.of("ACK").with("id", message.header("ack")));
        }
        request(StompFrame.of("UNSUBSCRIBE").with("id", id));
        messages.clear();
        return bodies;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** Sends a frame and waits until the broker says that it was carried out. */
    private void request(StompFrame frame) throws IOException {
        send(frame.with("receipt", receipt()));
        expect("RECEIPT");
    }

    private String receipt() {
        return Integer.toString(++requests);
    }

    private void send(StompFrame frame) throws IOException {
        out.write(Stomp.format(frame).getBytes(UTF_8));
    }

    /** The next frame with this command. Messages before it are kept. */
    private StompFrame expect(String command) throws IOException {
        while (true) {
            StompFrame frame = in.next();
            if (frame.command().equals(command)) {
                return frame;
            }
            if (!frame.command().equals("MESSAGE")) {
                throw new IOException("expected " + command + ", got " + frame);
            }
            messages.add(frame);
        }
    }
}
