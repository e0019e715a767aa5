package io.headgate.host.ws.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** A plain socket on each side of a proxy: what comes out can be seen as it is. */
record TcpPair(Socket host, Socket peer) implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 30_000;
    /** Too short to prove that nothing comes, and long enough to see most of what should not. */
    private static final int A_LOOK_MILLIS = 50;

    static ServerSocket listen() throws IOException {
        ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        listening.setSoTimeout(PATIENCE_MILLIS);
        return listening;
    }

    static TcpPair through(FaultProxy proxy, ServerSocket listening) throws IOException {
        Socket host = dial(proxy);
        Socket peer = listening.accept();
        peer.setSoTimeout(PATIENCE_MILLIS);
        return new TcpPair(host, peer);
    }

    static Socket dial(FaultProxy proxy) throws IOException {
        Socket host = new Socket();
        host.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), proxy.port()), PATIENCE_MILLIS);
        host.setSoTimeout(PATIENCE_MILLIS);
        return host;
    }

    /** A connection that is reset at its beginning may be so before the one who dials has seen that there is one. */
    static void expectResetAtOnce(FaultProxy proxy) throws IOException {
        try (Socket host = dial(proxy)) {
            expectReset(host);
        } catch (SocketException reset) {
            assertThat(reset).hasMessageContaining("reset");
        }
    }

    Socket at(Way end) {
        return end == Way.TO_HOST ? host : peer;
    }

    void send(Way way, String text) throws IOException {
        at(way.back()).getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    String read(Way way, int bytes) throws IOException {
        return new String(at(way).getInputStream().readNBytes(bytes), StandardCharsets.UTF_8);
    }

    void expectFin(Way way) throws IOException {
        assertThat(at(way).getInputStream().read()).as(way + ": FIN").isEqualTo(-1);
    }

    void expectReset(Way way) {
        expectReset(at(way));
    }

    static void expectReset(Socket socket) {
        try {
            assertThat(socket.getInputStream().read()).as("RST").isEqualTo(-2);
        } catch (SocketTimeoutException silence) {
            throw new AssertionError("no RST", silence);
        } catch (SocketException reset) {
            assertThat(reset).hasMessageContaining("reset");
        } catch (IOException other) {
            throw new AssertionError(other);
        }
    }

    void expectSilence(Way way) throws IOException {
        at(way).setSoTimeout(A_LOOK_MILLIS);
        try {
            assertThat(at(way).getInputStream().read()).as(way + ": silence").isEqualTo(-2);
        } catch (SocketTimeoutException silence) {
            at(way).setSoTimeout(PATIENCE_MILLIS);
        }
    }

    void reset(Way end) throws IOException {
        at(end).setSoLinger(true, 0);
        at(end).close();
    }

    @Override
    public void close() throws IOException {
        host.close();
        peer.close();
    }
}
