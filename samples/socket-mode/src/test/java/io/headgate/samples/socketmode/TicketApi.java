package io.headgate.samples.socketmode;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;

/** The call that gives URLs, over HTTP on the loopback interface: it wants a token, and says 503 where it cannot give one. */
final class TicketApi implements AutoCloseable {

    static final String TOKEN = "the token";
    private static final String PATH = "/connections.open";

    private final HttpServer http;
    private final Supplier<String> tickets;

    private TicketApi(HttpServer http, Supplier<String> tickets) {
        this.http = http;
        this.tickets = tickets;
    }

    static TicketApi start(Supplier<String> tickets) throws IOException {
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        TicketApi api = new TicketApi(http, tickets);
        http.createContext(PATH, api::answer);
        http.start();
        return api;
    }

    String uri() {
        return "http://127.0.0.1:" + http.getAddress().getPort() + PATH;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                give(exchange);
            } else {
                exchange.sendResponseHeaders(401, -1);
            }
        }
    }

    private void give(HttpExchange exchange) throws IOException {
        String url;
        try {
            url = tickets.get();
        } catch (RuntimeException failed) {
            exchange.sendResponseHeaders(503, -1);
            return;
        }
        byte[] body = JsonMapper.shared()
                .createObjectNode()
                .put("url", url)
                .toString()
                .getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
