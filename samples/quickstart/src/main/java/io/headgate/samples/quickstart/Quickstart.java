package io.headgate.samples.quickstart;

import java.time.Duration;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Runs the demo. {@code -Ddemo.seconds}: how long, 6 to 86,400, default 20, 0 until it is interrupted.
 * {@code -Ddemo.target}: another gateway, such as {@code wss://host/path}, in place of the embedded one.
 *
 * <p>The last line is {@code demo: OK} with the host's counts and the exit status 0 when every text and every command is
 * accounted for; else {@code demo: FAILED}, the law that does not hold, and 1.
 */
public final class Quickstart {

    private static final Duration LONGEST_END = Duration.ofSeconds(15);

    private Quickstart() {}

    /**
     * Runs the demo and ends the process.
     *
     * @param args none
     */
    public static void main(String[] args) {
        DemoSettings settings;
        try {
            settings = DemoSettings.read(System::getProperty);
        } catch (IllegalArgumentException bad) {
            System.err.println(bad.getMessage());
            System.exit(1);
            return;
        }
        Sinks.Empty<Void> interrupt = Sinks.empty();
        Mono<Reckoning> run =
                new Demo(settings, System.out, interrupt.asMono()).run().cache();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            interrupt.tryEmitEmpty();
            run.onErrorComplete().block(LONGEST_END);
        }));
        System.exit(succeeds(run) ? 0 : 1);
    }

    private static boolean succeeds(Mono<Reckoning> run) {
        try {
            return Boolean.TRUE.equals(run.map(Reckoning::holds).block());
        } catch (RuntimeException broken) {
            System.out.println("demo: FAILED " + broken.getMessage());
            return false;
        }
    }
}
