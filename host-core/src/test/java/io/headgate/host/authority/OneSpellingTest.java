package io.headgate.host.authority;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.text.IDNA;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;

/** What is normalised once stays as it is, means what it meant, and is read by others as it is read here. */
final class OneSpellingTest {

    private static final Pattern HOST = Pattern.compile("[a-z0-9.-]{1,253}|\\[[0-9a-f:]{2,39}]");

    @Property(tries = 5000)
    @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
    void aHostIsNormalisedOnce(@ForAll("hosts") String text) {
        Optional<String> host = accepted(HostName::normalise, text);
        countAccepted(host);

        host.ifPresent(once -> {
            assertThat(once).matches(HOST);
            assertThat(HostName.normalise(once)).isEqualTo(once);
            assertThat(HostName.normalise(once.toUpperCase(Locale.ROOT))).isEqualTo(once);
        });
    }

    @Property(tries = 5000)
    @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
    void aPathIsNormalisedOnceAndMeansWhatItMeant(@ForAll("paths") String text) {
        Optional<String> path = accepted(TargetPath::normalise, text);
        countAccepted(path);

        path.ifPresent(once -> {
            assertThat(TargetPath.normalise(once)).isEqualTo(once);
            assertThat(PercentText.decoded("path", once, "")).isEqualTo(PercentText.decoded("path", text, ""));
            assertThat(once.chars().filter(c -> c == '/').count())
                    .isEqualTo(text.chars().filter(c -> c == '/').count());
        });
    }

    @Property(tries = 5000)
    @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
    void aTargetIsNormalisedOnceAndDialledAsItIsCompared(
            @ForAll("hosts") String host, @ForAll("paths") String path, @ForAll boolean plainHost) {
        Optional<Target> target = accepted(Target::parse, "wss://" + (plainHost ? "h" : host) + path + "?a=%41");
        countAccepted(target);

        target.ifPresent(once -> {
            assertThat(Target.parse(once.toUri().toString())).isEqualTo(once);
            assertThat(new Target(once.scheme(), once.host(), once.port(), once.path(), once.query()))
                    .isEqualTo(once);
            assertThat(TargetPattern.exactly(once).matches(once)).isTrue();
            assertDialledAs(once, once.toUri());
        });
    }

    @Property(tries = 5000)
    @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
    void aPatternIsNormalisedOnce(
            @ForAll("hosts") String host, @ForAll("paths") String path, @ForAll boolean star, @ForAll boolean open) {
        String text = "wss://" + (star ? "*." : "") + host + ".example.com" + path + (open ? "/**" : "");
        Optional<TargetPattern> pattern = accepted(TargetPattern::parse, text);
        countAccepted(pattern);

        pattern.ifPresent(once -> {
            assertThat(TargetPattern.parse(once.toString())).isEqualTo(once);
            assertThat(new TargetPattern(once.scheme(), once.host(), once.port(), once.path()))
                    .isEqualTo(once);
        });
    }

    /** So an A-label is the one spelling of its U-label, and needs no second look. */
    @Property(tries = 5000)
    @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
    void anALabelThatIsAcceptedIsWhatItsNameIsMappedTo(@ForAll("aLabels") String label) {
        Optional<String> host = accepted(HostName::normalise, label + ".example");
        countAccepted(host);

        host.ifPresent(once -> {
            String name = unicode(once);
            assertThat(name).isNotEqualTo(once);
            assertThat(HostName.normalise(name)).isEqualTo(once);
        });
    }

    @Provide
    Arbitrary<String> hosts() {
        return HostileText.hosts();
    }

    @Provide
    Arbitrary<String> paths() {
        return HostileText.paths();
    }

    @Provide
    Arbitrary<String> aLabels() {
        return Arbitraries.strings()
                .withCharRange('a', 'z')
                .withCharRange('0', '9')
                .withChars("---")
                .ofMinLength(1)
                .ofMaxLength(8)
                .map(text -> "xn--" + text);
    }

    /** What Reactor Netty takes from the URI: its host, its port, and the raw path and query for the request's line. */
    private static void assertDialledAs(Target target, URI uri) {
        assertThat(uri.getScheme()).isEqualTo(target.scheme());
        assertThat(uri.getHost()).isEqualTo(target.host());
        assertThat(uri.getPort()).isEqualTo(target.port());
        assertThat(uri.getRawPath()).isEqualTo(target.path());
        assertThat(uri.getRawQuery()).isEqualTo(target.query());
        assertThat(uri.getRawUserInfo()).isNull();
        assertThat(uri.getRawFragment()).isNull();
        if (!target.path().contains("//")) {
            assertThat(uri.normalize().getRawPath()).isEqualTo(target.path());
        }
    }

    private static String unicode(String ascii) {
        StringBuilder name = new StringBuilder();
        IDNA.getUTS46Instance(IDNA.NONTRANSITIONAL_TO_UNICODE).nameToUnicode(ascii, name, new IDNA.Info());
        return name.toString();
    }

    private static <T> Optional<T> accepted(Function<String, T> parser, String text) {
        try {
            return Optional.of(parser.apply(text));
        } catch (TargetException refused) {
            return Optional.empty();
        }
    }

    /** A property of what is accepted says nothing where nothing is, or where everything is. */
    private static void countAccepted(Optional<?> result) {
        Statistics.collect(result.isPresent());
        Statistics.coverage(coverage -> {
            coverage.check(true).count(count -> count > 100);
            coverage.check(false).count(count -> count > 100);
        });
    }
}
