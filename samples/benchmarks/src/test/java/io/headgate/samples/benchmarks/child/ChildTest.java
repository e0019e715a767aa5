package io.headgate.samples.benchmarks.child;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A child and its console, over a real process. */
final class ChildTest {

    private final Child child = Child.start(List.of(), Parrot.class, List.of("-Xmx64m"), List.of("parrot"));

    @AfterEach
    void end() {
        child.close();
    }

    @Test
    void is_asked_and_answers() {
        assertThat(child.ask("say", 7, "words")).containsExactly("7", "words");
        assertThat(child.ask("nothing")).isEmpty();
    }

    @Test
    void what_it_prints_is_no_answer() {
        assertThat(child.ask("print")).containsExactly("done");
    }

    @Test
    void what_it_cannot_do_fails_and_it_goes_on() {
        assertThatIllegalStateException()
                .isThrownBy(() -> child.ask("sing"))
                .withMessageContaining("parrot: failed")
                .withMessageContaining("cannot sing");
        assertThat(child.ask("say", "more")).containsExactly("more");
    }

    @Test
    void one_that_has_ended_is_named() {
        assertThatIllegalStateException()
                .isThrownBy(() -> child.ask("exit"))
                .withMessageContaining("the process of parrot has ended");
    }

    /** Says what it is told to. */
    static final class Parrot {

        private Parrot() {}

        public static void main(String[] args) throws IOException {
            Console.serve(Parrot::answer);
        }

        private static String answer(List<String> words) {
            return switch (words.get(0)) {
                case "say" -> String.join(" ", words.subList(1, words.size()));
                case "nothing" -> "";
                case "print" -> printed();
                case "exit" -> ended();
                default -> throw new IllegalArgumentException("cannot " + words.get(0));
            };
        }

        private static String printed() {
            System.out.println("ok noise");
            return "done";
        }

        private static String ended() {
            Runtime.getRuntime().halt(3);
            return "";
        }
    }
}
