package io.headgate.host.ws;

import io.headgate.host.authority.Target;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;

/** A plain socket that takes one connection: for answers no server library would give. */
final class RawServer implements AutoCloseable {

    private final ServerSocket listening;
    private final CompletableFuture<byte[]> received = new CompletableFuture<>();

    interface Answer {
        byte[] to(String request) throws Exception;
    }

    RawServer(Answer answer) {
        try {
            listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        Thread thread = new Thread(() -> serve(answer), "raw-server");
        thread.setDaemon(true);
        thread.start();
    }

    /** A 101 and whatever follows it, in one write. */
    static Answer upgradeAnd(int... bytes) {
        return request -> {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.writeBytes(upgradeWith("Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Accept: {accept}")
                    .to(request));
            for (int octet : bytes) {
                out.write(octet);
            }
            return out.toByteArray();
        };
    }

    /** A 101 with these headers; {@code {accept}} stands for the answer to the request's key. */
    static Answer upgradeWith(String... headers) {
        return request -> {
            String key = request.replaceAll("(?is).*sec-websocket-key: *([^\r]+)\r.*", "$1");
            byte[] digest = MessageDigest.getInstance("SHA-1")
                    .digest((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.US_ASCII));
            String head = "HTTP/1.1 101 Switching Protocols\r\n" + String.join("\r\n", headers) + "\r\n\r\n";
            return head.replace("{accept}", Base64.getEncoder().encodeToString(digest))
                    .getBytes(StandardCharsets.US_ASCII);
        };
    }

    static Answer text(String answer) {
        return request -> answer.getBytes(StandardCharsets.US_ASCII);
    }

    Target target() {
        return new Target("ws", "localhost", listening.getLocalPort(), "/", "token=secret");
    }

    /** Everything the client sent after its request; completes when it hung up. */
    CompletableFuture<byte[]> received() {
        return received;
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }

    private void serve(Answer answer) {
        try (Socket socket = listening.accept()) {
            InputStream in = socket.getInputStream();
            StringBuilder request = new StringBuilder();
            while (request.indexOf("\r\n\r\n") < 0) {
                int octet = in.read();
                if (octet < 0) {
                    break;
                }
                request.append((char) octet);
            }
            socket.getOutputStream().write(answer.to(request.toString()));
            received.complete(in.readAllBytes());
        } catch (Exception failed) {
            received.completeExceptionally(failed);
        }
    }
}
