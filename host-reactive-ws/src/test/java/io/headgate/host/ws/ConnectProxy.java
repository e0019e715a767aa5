package io.headgate.host.ws;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** One that knows {@code CONNECT}. */
final class ConnectProxy extends TestProxy {

    private final Queue<String> heads = new ConcurrentLinkedQueue<>();
    private volatile String answer = "HTTP/1.1 200 Connection established\r\n\r\n";
    private volatile boolean opens = true;

    /** What it says instead of opening a way. */
    static ConnectProxy saying(String answer) {
        ConnectProxy proxy = new ConnectProxy();
        proxy.opens = false;
        proxy.answer = answer;
        return proxy;
    }

    /** What it says when the way is open. */
    ConnectProxy opening(String answer) {
        this.answer = answer;
        return this;
    }

    @Override
    ProxyOptions options(String host) {
        return ProxyOptions.httpConnect(host, port());
    }

    /** The requests that it heard, with their headers. */
    List<String> heads() {
        return List.copyOf(heads);
    }

    @Override
    Optional<Wanted> hear(InputStream in, OutputStream out) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int octet = in.read();
            if (octet < 0) {
                return Optional.empty();
            }
            head.append((char) octet);
        }
        heads.add(head.toString());
        if (!opens) {
            say(out);
            return Optional.empty();
        }
        String said = head.toString().replaceAll("(?s)CONNECT (\\S+) HTTP/1.1\r\n.*", "$1");
        return Optional.of(new Wanted(said, Integer.parseInt(said.replaceAll(".*:", ""))));
    }

    @Override
    void open(OutputStream out) throws IOException {
        say(out);
    }

    private void say(OutputStream out) throws IOException {
        out.write(answer.getBytes(StandardCharsets.ISO_8859_1));
    }
}
