package io.headgate.host.ws;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** One that knows SOCKS 5: what it answers to the greeting, to a login and to the request is a setting. */
final class SocksProxy extends TestProxy {

    private static final int IPV4 = 1;
    private static final int NAME = 3;

    private final Queue<String> logins = new ConcurrentLinkedQueue<>();
    private final Queue<String> offers = new ConcurrentLinkedQueue<>();
    private final byte[] method;
    private final byte[] login;
    private final byte[] reply;

    /** Wants no login. */
    SocksProxy() {
        this(bytes(5, 0), bytes(), replying(0));
    }

    /** Nothing for an answer that does not come. */
    SocksProxy(byte[] method, byte[] login, byte[] reply) {
        this.method = method;
        this.login = login;
        this.reply = reply;
    }

    static SocksProxy wantingLogin() {
        return new SocksProxy(bytes(5, 2), bytes(1, 0), replying(0));
    }

    static byte[] replying(int code) {
        return bytes(5, code, 0, IPV4, 0, 0, 0, 0, 0, 0);
    }

    static byte[] bytes(int... octets) {
        byte[] bytes = new byte[octets.length];
        for (int i = 0; i < octets.length; i++) {
            bytes[i] = (byte) octets[i];
        }
        return bytes;
    }

    @Override
    ProxyOptions options(String host) {
        return ProxyOptions.socks5(host, port());
    }

    /** The methods that were offered, as numbers. */
    List<String> offers() {
        return List.copyOf(offers);
    }

    /** The logins that it was told, {@code user/password}. */
    List<String> logins() {
        return List.copyOf(logins);
    }

    @Override
    Optional<Wanted> hear(InputStream in, OutputStream out) throws IOException {
        in.read();
        offers.add(Arrays.toString(in.readNBytes(in.read())));
        out.write(method);
        if (method.length < 2 || method[0] != 5 || method[1] == (byte) 0xff) {
            return Optional.empty();
        }
        if (method[1] == 2) {
            in.read();
            logins.add(text(in) + "/" + text(in));
            out.write(login);
            if (login.length < 2 || login[1] != 0) {
                return Optional.empty();
            }
        }
        return request(in, out);
    }

    private Optional<Wanted> request(InputStream in, OutputStream out) throws IOException {
        int kind = in.readNBytes(4)[3];
        String host = switch (kind) {
            case IPV4 -> "address " + InetAddress.getByAddress(in.readNBytes(4)).getHostAddress();
            case NAME -> text(in);
            default -> throw new IOException("address type " + kind);
        };
        int port = in.read() << 8 | in.read();
        if (reply.length < 2 || reply[1] != 0) {
            out.write(reply);
            return Optional.empty();
        }
        return Optional.of(new Wanted(host + ":" + port, port));
    }

    private static String text(InputStream in) throws IOException {
        return new String(in.readNBytes(in.read()), StandardCharsets.US_ASCII);
    }

    @Override
    void open(OutputStream out) throws IOException {
        out.write(reply);
    }
}
