package io.headgate.samples.marketfeed;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.authority.AuthorityReport;
import io.headgate.host.authority.GrantFile;
import io.headgate.host.authority.Manifest;
import io.headgate.plugin.Health;
import io.headgate.plugin.test.PluginHarness;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The feed against an exchange that has the true books, in virtual time. */
final class BookFeedTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final List<String> SYMBOLS = List.of("AAA", "BBB");

    private final BookFeed feed = new BookFeed();

    private PluginHarness playing(FeedServer server) {
        return PluginHarness.of(feed, Map.of("symbols", "AAA, BBB")).play("feed", server);
    }

    private static FeedServer server(long seed) {
        return new FeedServer(new Random(seed), "AAA", "BBB");
    }

    private void assertTrue(FeedServer server) {
        assertThat(SYMBOLS)
                .filteredOn(symbol -> feed.book(symbol).known())
                .allSatisfy(symbol -> assertThat(feed.book(symbol).levels()).isEqualTo(server.levels(symbol)));
    }

    @Test
    void keepsABookByItsChanges() {
        FeedServer server = server(1);
        server.change("AAA");
        try (PluginHarness harness = playing(server)) {
            for (int change = 0; change < 100; change++) {
                server.change(SYMBOLS.get(change % 2));
                assertThat(feed.book("AAA").known()).isTrue();
                assertTrue(server);
            }
            assertThat(server.snapshots()).isEqualTo(2);
            harness.expectNothing();
        }
    }

    @Test
    @DisplayName("a Gap: every book is begun anew, and the operator is told while one of them is not known")
    void gap() {
        FeedServer server = server(2);
        try (PluginHarness harness = playing(server)) {
            server.changeUnseen("AAA");
            server.changeUnseen("AAA");
            harness.gap("feed", 2);
            assertTrue(server);
            assertThat(server.snapshots()).isEqualTo(4);
            harness.expectReport(Health.DEGRADED).expectReport(Health.OK).expectNothing();
        }
    }

    @Test
    @DisplayName("a number that is missing: that book is begun anew, and no other")
    void missingNumber() {
        FeedServer server = server(3);
        try (PluginHarness harness = playing(server)) {
            server.changeUnseen("AAA");
            server.change("BBB");
            assertThat(server.snapshots()).isEqualTo(2);
            server.change("AAA");
            assertThat(server.snapshots()).isEqualTo(3);
            assertTrue(server);
            harness.expectNothing();
        }
    }

    @Test
    @DisplayName("while nobody is connected, no book is known")
    void forgets() {
        FeedServer server = server(4);
        try (PluginHarness harness = playing(server)) {
            server.cut();
            assertThat(feed.book("AAA").known()).isFalse();
            server.change("AAA");
            harness.advance(SECOND);
            assertThat(feed.book("AAA").known()).isTrue();
            assertTrue(server);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    @DisplayName("an hour of changes, losses and cuts: a book that is shown is never wrong")
    void anHour(long seed) {
        FeedServer server = server(seed);
        Random random = new Random(seed);
        try (PluginHarness harness = playing(server)) {
            for (int second = 0; second < 3_600; second++) {
                harness.advance(SECOND);
                String symbol = SYMBOLS.get(random.nextInt(2));
                switch (server.isOpen() ? random.nextInt(50) : 49) {
                    case 0 -> server.cut();
                    case 1 -> {
                        server.changeUnseen(symbol);
                        harness.gap("feed", 1);
                        harness.expectReport(Health.DEGRADED).expectReport(Health.OK);
                    }
                    case 2 -> {
                        server.changeUnseen(symbol);
                        server.change(symbol);
                    }
                    default -> server.change(symbol);
                }
                assertTrue(server);
            }
            harness.advance(Duration.ofMinutes(1));
            assertThat(SYMBOLS)
                    .allSatisfy(symbol -> assertThat(feed.book(symbol).known()).isTrue());
            assertThat(server.snapshots()).isGreaterThan(100);
            harness.expectNothing();
        }
    }

    @Test
    void theGrantGivesWhatTheManifestAsksFor() {
        Manifest manifest = Manifest.read(Path.of("src/main/resources/META-INF/headgate/plugin.yaml"));
        assertThat(AuthorityReport.of(List.of(manifest), GrantFile.read(Path.of("grants.yaml")))
                        .agrees())
                .isTrue();
    }
}
