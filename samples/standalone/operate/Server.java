import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.time.Duration;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServer;

/**
 * A peer to try a plugin with, on port 8080: says {@code hello} every five seconds, and prints what it is told, and with which
 * {@code Authorization} it was dialled.
 */
class Server {
    public static void main(String[] arguments) {
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
        HttpServer.create()
                .host("127.0.0.1")
                .port(8080)
                .route(routes -> routes.ws("/", (in, out) -> {
                    System.out.println("it comes with: " + in.headers().get("Authorization", "nothing"));
                    return Mono.when(
                            out.sendString(Flux.interval(Duration.ZERO, Duration.ofSeconds(5)).map(at -> "hello " + at)),
                            in.receive().asString().doOnNext(text -> System.out.println("it says: " + text)));
                }))
                .bindNow()
                .onDispose()
                .block();
    }
}
