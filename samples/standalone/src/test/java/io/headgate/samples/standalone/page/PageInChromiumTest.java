package io.headgate.samples.standalone.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.headgate.host.ingress.DropReason;
import io.headgate.host.ingress.EventCounts;
import io.headgate.samples.standalone.peer.TestPeer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The status page as an operator sees it: a real host, a real peer, a real Chromium. What it looked like is kept in {@code
 * target/screenshots}.
 */
@Tag("operate")
@Timeout(180)
final class PageInChromiumTest {

    private static final double PATIENCE_MILLIS = 30_000;
    private static final String TOKEN = "0123456789abcdef";
    private static final String SERVICE = "demo/feed";
    private static final String MANIFEST = """
            version: 1
            id: demo
            release: 1.0.0
            services:
              - name: feed
                class: demo.Feed
                connections:
                  - {name: gateway, target: "${gateway}", access: [subscribe, send]}
            """;
    private static final String GRANTS = """
            version: 1
            grants:
              - plugin: demo
                websocket:
                  - {target: "${gateway}", access: [subscribe, send], addresses: loopback}
                limits: {queue-events: 4}
                reconnect: {policy: backoff, first: 1s, max: 2s}
            """;

    private static Chromium chromium;
    private final TestPeer peer = TestPeer.start();
    private final TestPlugin plugin = new TestPlugin();
    private final List<String> complaints = new ArrayList<>();
    private final List<String> asked = new ArrayList<>();
    private BrowserContext context;
    private Page page;
    private WatchedHost host;

    @BeforeAll
    static void startChromium() {
        chromium = Chromium.start();
    }

    @AfterAll
    static void endChromium() {
        chromium.close();
    }

    @BeforeEach
    void open() {
        context = chromium.browser()
                .newContext(new Browser.NewContextOptions()
                        .setViewportSize(1440, 900)
                        .setColorScheme(ColorScheme.LIGHT));
        context.setDefaultTimeout(PATIENCE_MILLIS);
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
        page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") && !message.text().contains("Failed to load resource")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        page.onRequest(request -> asked.add(request.url()));
    }

    @AfterEach
    void close() {
        context.close();
        plugin.goOn();
        host.close();
        peer.close();
    }

    private String here(String text) {
        return text.replace("${gateway}", peer.uri("gateway"));
    }

    private void watch() {
        watch(here(MANIFEST), here(GRANTS));
    }

    private void watch(String manifest, String grants) {
        watch(manifest, grants, Optional.empty());
    }

    private void watch(String manifest, String grants, Optional<String> token) {
        host = WatchedHost.start(manifest, grants, plugin, token);
        page.navigate(host.url());
    }

    private EventCounts events() {
        return host.status().services().get(0).events();
    }

    private void keep(String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(Path.of("target", "screenshots", name + ".png"))
                .setFullPage(true));
    }

    private Locator row(String table, String title) {
        return page.locator("#" + table + " tbody tr")
                .filter(new Locator.FilterOptions()
                        .setHas(page.locator(
                                "th", new Page.LocatorOptions().setHasText(Pattern.compile("^" + title + "$")))));
    }

    /** The cell of a row below a column's title. */
    private Locator cell(String table, String title, String column) {
        List<String> columns = page.locator("#" + table + " thead th").allTextContents();
        assertThat(columns).contains(column);
        return row(table, title).locator("th, td").nth(columns.indexOf(column));
    }

    private Locator gateway(String column) {
        return cell("connections", SERVICE + " gateway", column);
    }

    private Locator feed(String column) {
        return cell("services", SERVICE, column);
    }

    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void oneConnectionThatIsOpen(ColorScheme scheme) {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
        watch();
        assertThat(page.locator("#readiness")).hasText("ready");
        assertThat(page.locator("#summary")).hasText("1 of 1 connections open, 1 service");
        assertThat(page.locator("#all-well")).isVisible();
        assertThat(gateway("State")).hasText("open");
        peer.send("one");
        assertThat(gateway("Last frame")).hasText(Pattern.compile("\\d+ s ago"));
        assertThat(gateway("Epoch")).hasText("1");
        assertThat(feed("Queue")).containsText("0 of 4");

        assertThat(Axe.violations(page)).isEmpty();
        keep("one-" + scheme.name().toLowerCase(Locale.ROOT));
        assertThat(asked)
                .as("no other network")
                .allSatisfy(url -> assertThat(url).startsWith(host.url()));
        assertThat(complaints).isEmpty();
    }

    @Test
    void aConnectionGoesDownAndComesBack() {
        watch();
        assertThat(gateway("State")).hasText("open");
        peer.goAway();
        assertThat(gateway("State")).hasText(Pattern.compile("waiting|connecting"));
        assertThat(page.locator("#connections tr.error")).containsText("TCP was not established (Connection refused)");
        assertThat(gateway("Next attempt")).hasText(Pattern.compile("in \\d s"));
        assertThat(page.locator("#summary")).containsText("0 of 1 connections open");
        keep("down");

        peer.comeBack();
        assertThat(gateway("State")).hasText("open");
        assertThat(gateway("Epoch")).hasText("2");
        assertThat(gateway("Next attempt")).hasText("–");
        assertThat(page.locator("#connections tr.error")).isHidden();
        assertThat(page.locator("#diagnostics")).containsText("connection is WAITING");
        assertThat(complaints).isEmpty();
    }

    @Test
    @DisplayName("drops are counted by their reason, as the ledger has them, and the queue is shown against its bound")
    void drops() {
        watch();
        assertThat(gateway("State")).hasText("open");
        peer.send("wait");
        page.waitForCondition(plugin::waits);
        IntStream.range(0, 100).forEach(at -> peer.send("text " + at));
        page.waitForCondition(() -> events().received().events() == 101);
        long dropped = events().drops().get(DropReason.QUEUE_EVENTS).events();
        assertThat(dropped).isEqualTo(96);
        assertThat(gateway("Dropped")).hasText("%d: queue-events %d".formatted(dropped, dropped));
        assertThat(feed("Queue")).containsText("4 of 4");
        assertThat(page.locator("#services meter")).hasJSProperty("value", 100.0);
        keep("drops");

        page.getByLabel("only those that are not open, or have dropped").check();
        assertThat(page.locator("#shown")).hasText("1 of 1 shown");
        plugin.goOn();
        assertThat(feed("Queue")).containsText("0 of 4");
        assertThat(complaints).isEmpty();
    }

    @Test
    @DisplayName("what is not granted is explained with what to write, for a connection and for a command")
    void refusals() {
        String manifest = here(MANIFEST)
                + "      - {name: archive, target: \"wss://archive.example.com/v1\", access: [subscribe]}\n";
        String grants = here(GRANTS).replace("access: [subscribe, send]", "access: [subscribe]");
        watch(manifest, grants);
        assertThat(page.locator("#readiness")).hasText("degraded");
        Locator finding = page.locator("#findings li").filter(new Locator.FilterOptions().setHasText("archive"));
        assertThat(finding).containsText("demo/feed archive: denied");
        assertThat(finding).containsText("target-not-granted");
        assertThat(finding)
                .containsText(
                        "add to the grant of demo a websocket entry with target wss://archive.example.com:443/v1 and access [subscribe]");

        assertThat(gateway("State")).hasText("open");
        peer.send("answer");
        assertThat(gateway("Refused")).hasText("1: send-not-granted 1");
        page.getByLabel("only what was refused").check();
        Locator shown = page.locator("#diagnostics li:visible");
        assertThat(shown).hasCount(1);
        assertThat(shown).containsText("send-not-granted");
        assertThat(shown).containsText("add `send` to the access of");
        keep("refusals");
        assertThat(Axe.violations(page)).isEmpty();
        assertThat(complaints).isEmpty();
    }

    @Test
    @DisplayName("what a peer says is shown as text, whatever it looks like")
    void escapes() {
        String hostile = "<img src=x onerror=document.title='broken'><script>document.title='broken'</script>";
        watch();
        assertThat(gateway("State")).hasText("open");
        peer.close(4_000, hostile);
        assertThat(page.locator("#diagnostics")).containsText("<img src=x onerror=");
        assertThat(gateway("Epoch")).hasText("2");

        assertThat(page.locator("main img, main script").count()).isZero();
        assertThat(page.title()).doesNotContain("broken");
        assertThat(complaints).isEmpty();
    }

    @Test
    void saysThatTheHostDoesNotAnswer() {
        watch();
        assertThat(gateway("State")).hasText("open");
        context.setOffline(true);
        assertThat(page.locator("#readiness")).hasText("no answer");
        assertThat(page.locator("#updated")).containsText("what is shown is of");
        assertThat(page).hasTitle(Pattern.compile("^no answer"));
        keep("no-answer");
    }

    @Test
    @DisplayName("a host that takes the question and never answers is told as one that does not answer")
    void hangs() {
        watch();
        assertThat(gateway("State")).hasText("open");
        page.route("**/status", route -> {});
        assertThat(page.locator("#readiness")).hasText("no answer");
        assertThat(page.locator("#updated")).containsText("the host does not answer; what is shown is of");
    }

    @Test
    @DisplayName("an answer that is a refusal is shown with its words, which say what can be done")
    void refused() {
        watch();
        page.route(
                "**/status",
                route -> route.fulfill(new Route.FulfillOptions().setStatus(421).setBody("ask as localhost")));
        assertThat(page.locator("#updated")).containsText("the host answers 421: ask as localhost");
    }

    @Test
    @DisplayName("a fault of the page is told as one, and not as the host's")
    void faulty() {
        watch();
        page.route(
                "**/status",
                route -> route.fulfill(new Route.FulfillOptions().setBody("{}").setContentType("application/json")));
        assertThat(page.locator("#readiness")).hasText("this page failed");
        assertThat(complaints).isNotEmpty();
    }

    @Test
    @DisplayName("with a token it asks for it, by keyboard too, and tells a wrong one")
    void token() {
        watch(here(MANIFEST), here(GRANTS), Optional.of(TOKEN));
        assertThat(page.getByLabel("Token")).isFocused();
        assertThat(page.locator("#told")).isHidden();
        keep("token");
        assertThat(Axe.violations(page)).isEmpty();

        page.keyboard().type("not one");
        page.keyboard().press("Enter");
        assertThat(page.getByRole(AriaRole.ALERT))
                .hasText("A token has printable ASCII characters only, and no blanks.");
        page.getByLabel("Token").fill("");
        page.keyboard().type("not-the-right-one");
        page.keyboard().press("Enter");
        assertThat(page.getByRole(AriaRole.ALERT)).hasText("This token is not the right one.");
        page.getByLabel("Token").fill("");
        page.keyboard().type(TOKEN);
        page.keyboard().press("Enter");
        assertThat(gateway("State")).hasText("open");
        assertThat(page.locator("#diagnostics")).containsText("OPEN");
        assertThat(page.getByLabel("Token")).isHidden();
        assertThat(page.content()).doesNotContain(TOKEN);
    }

    @Test
    @DisplayName("every action by keyboard, and the focus can be seen and stays where it is while the page goes on")
    void keyboard() {
        watch();
        assertThat(gateway("State")).hasText("open");
        peer.send("wait");
        IntStream.range(0, 300).forEach(at -> peer.send("text " + at));
        page.waitForCondition(() -> events().received().events() == 301);
        List<String> stops = new ArrayList<>();
        for (String last = ""; !last.equals("diagnostics-scroll") && stops.size() < 20; ) {
            page.keyboard().press("Tab");
            last = (String) page.evaluate("() => document.activeElement.id");
            assertThat((String) page.evaluate("() => getComputedStyle(document.activeElement).outlineStyle"))
                    .as("outline of %s", last)
                    .isEqualTo("solid");
            stops.add(last);
        }
        assertThat(stops)
                .containsExactly(
                        "services-scroll",
                        "filter",
                        "state",
                        "trouble",
                        "connections-scroll",
                        "refusals",
                        "diagnostics-scroll");

        page.locator("#filter").focus();
        page.keyboard().type("nothing of the kind");
        assertThat(page.locator("#shown")).hasText("0 of 1 shown");
        String before = page.locator("#updated").textContent();
        assertThat(page.locator("#updated")).not().hasText(before);
        assertThat(page.locator("#filter")).isFocused();
        page.keyboard().press("ControlOrMeta+A");
        page.keyboard().press("Delete");
        assertThat(page.locator("#shown")).hasText("1 of 1 shown");

        page.keyboard().press("Tab");
        page.keyboard().type("down");
        assertThat(page.locator("#shown")).hasText("0 of 1 shown");
        page.keyboard().press("Home");
        page.keyboard().press("Tab");
        page.keyboard().press("Space");
        assertThat(page.locator("#trouble")).isChecked();
        assertThat(page.locator("#shown")).hasText("1 of 1 shown");
        page.keyboard().press("Tab");
        page.keyboard().press("Tab");
        page.keyboard().press("Space");
        assertThat(page.locator("#refusals")).isChecked();
        assertThat(page.locator("#diagnostics li:visible")).hasCount(0);
        assertThat(complaints).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    @DisplayName("a thousand connections: found by name, by state and by trouble, while all of them go on")
    void thousand(ColorScheme scheme) {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
        String manifest = "version: 1\nid: demo\nrelease: 1.0.0\nservices:\n"
                + IntStream.range(0, 20)
                        .mapToObj(service ->
                                "  - name: feed-%02d\n    class: demo.Feed\n    connections:\n".formatted(service)
                                        + IntStream.range(0, 50)
                                                .mapToObj(at ->
                                                        "      - {name: c-%02d, target: \"%s\", access: [subscribe, send]}\n"
                                                                .formatted(
                                                                        at,
                                                                        peer.uri(
                                                                                service == 7 && at == 33
                                                                                        ? "other"
                                                                                        : "gateway")))
                                                .collect(Collectors.joining()))
                        .collect(Collectors.joining());
        watch(manifest, here(GRANTS));
        assertThat(page.locator("#summary")).hasText("999 of 1,000 connections open, 20 services");
        assertThat(page.locator("#connections tbody tr:not(.error):visible")).hasCount(1_000);
        assertThat(page.locator("#findings")).containsText("demo/feed-07 c-33: denied");
        keep("thousand-" + scheme.name().toLowerCase(Locale.ROOT));

        page.getByLabel("Name or error contains").fill("feed-11 c-4");
        assertThat(page.locator("#connections tbody tr:not(.error):visible")).hasCount(10);
        assertThat(page.locator("#shown")).hasText("10 of 1,000 shown");
        page.getByLabel("Name or error contains").fill("");
        page.getByLabel("only those that are not open, or have dropped").check();
        assertThat(page.locator("#connections tbody tr:not(.error):visible")).hasCount(1);
        assertThat(page.locator("#connections tbody tr:not(.error):visible")).containsText("demo/feed-07 c-33");
        page.getByLabel("only those that are not open, or have dropped").uncheck();
        page.getByLabel("State").selectOption("denied");
        assertThat(page.locator("#connections tbody tr:not(.error):visible")).hasCount(1);
        page.getByLabel("State").selectOption("");

        IntStream.range(0, 20).forEach(at -> peer.send("text " + at));
        assertThat(cell("connections", "demo/feed-19 c-49", "Last frame")).hasText(Pattern.compile("\\d+ s ago"));
        System.out.println(
                "a refresh of 1,000 connections took "
                        + page.evaluate(
                                "() => performance.getEntriesByName('show').slice(-5).map(one => Math.round(one.duration) + ' ms').join(', ')"));
        assertThat(Axe.violations(page)).isEmpty();
        assertThat(complaints).isEmpty();
    }
}
