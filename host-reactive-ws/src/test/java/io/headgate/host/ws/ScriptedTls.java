package io.headgate.host.ws;

import io.headgate.host.authority.Target;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Takes one connection, reads one TLS record, answers with some bytes, and reads on until the other end hangs up. */
final class ScriptedTls implements AutoCloseable {

    private final ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());

    ScriptedTls(byte[] answer) throws IOException {
        Thread thread = new Thread(() -> serve(answer), "scripted-tls");
        thread.setDaemon(true);
        thread.start();
    }

    Target target() {
        return new Target("wss", "localhost", listening.getLocalPort(), "/", "token=secret");
    }

    private void serve(byte[] answer) {
        try (Socket socket = listening.accept()) {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            in.readFully(new byte[3]);
            in.readFully(new byte[in.readUnsignedShort()]);
            socket.getOutputStream().write(answer);
            in.readAllBytes();
        } catch (IOException hungUp) {
            // The dial is what is looked at.
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
