package io.headgate.plugin.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.headgate.plugin.ServicePlugin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** docs/errors.md has what a harness says, as it says it. */
@Timeout(60)
final class HarnessErrorsPageTest {

    private static final ServicePlugin SILENT = ServicePlugin.perEvent(event -> Mono.empty());
    private static final ServicePlugin DEAF = (events, context) -> Flux.never();
    private static final ServicePlugin LEAVING =
            (events, context) -> events.take(1).thenMany(Flux.never());
    private static final ServicePlugin FAILING =
            (events, context) -> events.concatMap(event -> Mono.error(new IllegalStateException("broken")), 0);
    private static final ServicePlugin THROWING = ServicePlugin.perEvent(event -> {
        throw new IllegalStateException("broken");
    });

    private static String said(ServicePlugin plugin, Consumer<PluginHarness> script) {
        Throwable failure = catchThrowable(() -> {
            try (PluginHarness harness = PluginHarness.of(plugin)) {
                script.accept(harness);
            }
        });
        assertThat(failure).isNotNull();
        return String.valueOf(failure.getMessage());
    }

    private static Stream<String> said() {
        return Stream.of(
                said(SILENT, harness -> harness.opened("c").expectSend("c", "hello")),
                said(FAILING, harness -> harness.opened("c")),
                said(THROWING, harness -> harness.opened("c")),
                said(DEAF, HarnessErrorsPageTest::flood),
                said(LEAVING, harness -> harness.opened("c").text("c", "one")),
                said(
                        SILENT,
                        harness -> harness.play("c", peer(session -> session.violated("speak")))
                                .expectNothing()),
                said(
                        SILENT,
                        harness -> harness.play("c", peer(session -> {
                                    throw new IllegalStateException("broken");
                                }))
                                .expectNothing()),
                said(SILENT, harness -> harness.opened("c").opened("c")),
                said(SILENT, harness -> harness.text("c", "one")),
                said(SILENT, harness -> harness.play("c", peer(session -> {})).play("c", peer(session -> {}))),
                said(SILENT, harness -> harness.complete().opened("c")),
                said(SILENT, harness -> harness.opened("c").expectFinished()));
    }

    private static void flood(PluginHarness harness) {
        harness.opened("c");
        for (int at = 0; at < Script.MAX_WAITING; at++) {
            harness.text("c", "more");
        }
    }

    private static Peer peer(Consumer<PeerSession> opened) {
        return new Peer() {
            @Override
            public void opened(PeerSession session) {
                opened.accept(session);
            }

            @Override
            public void text(PeerSession session, String text) {}
        };
    }

    @Test
    void listsWhatAHarnessSays() throws IOException {
        List<Pattern> forms = forms();
        List<String> said = said().toList();

        assertThat(said)
                .allMatch(message ->
                        forms.stream().anyMatch(form -> form.matcher(message).lookingAt()));
        // The last needs a second thread, and a moment that no test can choose.
        assertThat(forms.subList(0, forms.size() - 1))
                .allMatch(form ->
                        said.stream().anyMatch(message -> form.matcher(message).lookingAt()));
        assertThat(forms.get(forms.size() - 1).pattern()).contains("a harness is scripted by one thread at a time: ");
    }

    private static List<Pattern> forms() throws IOException {
        return Files.readString(Path.of(System.getProperty("basedir", "."), "../docs/errors.md"))
                .lines()
                .dropWhile(line -> !line.equals("## Tests"))
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.replaceFirst("^\\| `([^`]+)`.*", "$1"))
                .map(HarnessErrorsPageTest::form)
                .toList();
    }

    private static Pattern form(String cell) {
        return Pattern.compile(
                Stream.of(cell.split("\\{[^}]*}", -1)).map(Pattern::quote).collect(Collectors.joining("(?s:.+)")));
    }
}
