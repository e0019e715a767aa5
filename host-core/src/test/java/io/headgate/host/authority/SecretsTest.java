package io.headgate.host.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.host.ConfigurationException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What a grant file refers to: put in where it is, refused where it is not, and shown nowhere (R2, invariant 8). */
final class SecretsTest {

    private static final String KNOWN =
            "expected ${env:NAME} or ${file:/absolute/path}, found ${ and something else (not shown); $${ stands for ${ itself";

    private final Map<String, String> environment = new HashMap<>(Map.of("TOKEN", "s3cret", "EMPTY", ""));
    private final Map<Path, byte[]> files = new HashMap<>();
    private int reads;

    private final References references = new References() {
        @Override
        public boolean areReal() {
            return true;
        }

        @Override
        public Optional<String> environment(String name) {
            return Optional.ofNullable(environment.get(name));
        }

        @Override
        public byte[] file(Path file, int maxBytes) throws IOException {
            reads++;
            byte[] bytes = files.get(file);
            if (bytes == null) {
                throw new IOException("no such file");
            }
            return bytes;
        }
    };

    private void holds(String file, String text) {
        files.put(Path.of(file), text.getBytes(StandardCharsets.UTF_8));
    }

    private static String yaml(String header, String setting) {
        return "version: 1\ngrants:\n  - plugin: p\n    websocket:\n      - target: wss://h/\n        access: [subscribe]\n"
                + "        headers:\n          Authorization: '" + header.replace("'", "''")
                + "'\n    settings:\n      a: '"
                + setting.replace("'", "''") + "'\n";
    }

    private Grant read(String header, String setting) {
        return GrantFile.parse("g.yaml", yaml(header, setting), references)
                .grants()
                .get(0);
    }

    private String setting(String written) {
        return read("x", written).settings().get("a");
    }

    private HeaderValue header(String written) {
        return read(written, "").websocket().get(0).headers().get("Authorization");
    }

    private void refused(String written, String why) {
        assertThatThrownBy(() -> read(written, written))
                .isInstanceOf(ConfigurationException.class)
                .hasNoCause()
                .hasMessage("g.yaml:8:26: grants[0].websocket[0].headers.Authorization: " + why
                        + "\ng.yaml:10:10: grants[0].settings.a: " + why);
    }

    @Example
    void areReadFromTheEnvironmentAndFromFiles() {
        holds("/run/secrets/token", "fr0m-file\n");

        assertThat(header("Bearer ${env:TOKEN}").reveal()).isEqualTo("Bearer s3cret");
        assertThat(header("${file:/run/secrets/token}, ${env:TOKEN}!").reveal()).isEqualTo("fr0m-file, s3cret!");
        assertThat(setting("<${file:/run/secrets/token}${env:TOKEN}>")).isEqualTo("<fr0m-files3cret>");
        assertThat(header("plain").reference()).isEmpty();
        assertThat(header("Bearer ${env:TOKEN}").reference()).contains("Bearer ${env:TOKEN}");
    }

    @Example
    void oneLineBreakAtTheEndOfAFileIsDropped() {
        holds("/a", "x\r\n");
        holds("/b", "x\n\n");

        assertThat(setting("${file:/a}")).isEqualTo("x");
        refused("${file:/b}", "${file:/b} has a control character, such as a line break before its end (not shown)");
    }

    @Example
    void aDollarAndABraceAreWrittenWithTwoDollars() {
        assertThat(setting("$${env:TOKEN}")).isEqualTo("${env:TOKEN}");
        assertThat(setting("$$${$${}")).isEqualTo("$${${}");
        assertThat(setting("$ $$ {} $x }${env:TOKEN}$")).isEqualTo("$ $$ {} $x }s3cret$");
        assertThat(header("$${x").reveal()).isEqualTo("${x");
    }

    @Example
    void whatIsPutInIsNotLookedAtAgain() {
        environment.put("NESTED", "${env:TOKEN}$${");

        assertThat(setting("${env:NESTED}")).isEqualTo("${env:TOKEN}$${");
    }

    @Example
    void whatIsMissingOrEmptyIsRefused() throws IOException {
        holds("/empty", "\n");
        files.put(Path.of("/latin"), new byte[] {(byte) 0xe4});

        refused("${env:NONE}", "${env:NONE} is not set in the host's environment");
        refused("${env:EMPTY}", "${env:EMPTY} is empty");
        refused("${file:/none}", "${file:/none} cannot be read: no such file");
        refused("${file:/empty}", "${file:/empty} is empty");
        refused("${file:/latin}", "${file:/latin} must be UTF-8");
    }

    @Example
    void whatIsNoReferenceIsRefused() {
        for (String none : new String[] {
            "${",
            "${}",
            "${s3cret",
            "${s3cret}",
            "${ENV:TOKEN}",
            "${env:}",
            "${env:1A}",
            "${env:s3cret-x}",
            "${env: TOKEN}",
            "${env:TOKEN:-x}",
            "a${env:${env:TOKEN}}",
            "${env:" + "A".repeat(129) + "}"
        }) {
            refused(none, KNOWN);
        }
        for (String none : new String[] {"", "s3cret", "../s3cret", "~/s3cret", "/" + "a".repeat(1024)}) {
            refused(
                    "${file:" + none + "}",
                    "expected behind ${file: an absolute path of at most 1024 characters, none of them a control character,"
                            + " found something else (not shown)");
        }
    }

    @Example
    void whatIsPutInHasTheBoundsOfAValue() {
        environment.put("LONG", "s3cret".repeat(682) + "1234");
        environment.put("LINES", "s3cret\ns3cret");
        environment.put("UMLAUT", "s3cretä");

        assertThat(setting("${env:LONG}")).hasSize(4096);
        refused("x${env:LONG}", "with what ${env:LONG} stands for, it must have at most 4096 characters, has more");
        refused("${env:LONG}x", "with what it refers to stands for, it must have at most 4096 characters, has more");
        refused(
                "${env:LINES}",
                "${env:LINES} has a control character, such as a line break before its end (not shown)");
        assertThat(setting("${env:UMLAUT}")).isEqualTo("s3cretä");
        assertThatThrownBy(() -> header("${env:UMLAUT}"))
                .hasMessageEndingWith(
                        "Authorization: expected " + HeaderValue.EXPECTED + ", found something else (not shown)");
        assertThatThrownBy(() -> header(" ${env:TOKEN}")).hasMessageEndingWith("found something else (not shown)");
    }

    /** Else a file that is just being replaced could be two things at once. */
    @Example
    void aFileIsReadOnceForAllThatReferToIt() {
        holds("/a", "x");
        read("${file:/a}${file:/a}", "${file:/a}");

        assertThat(reads).isEqualTo(1);
    }

    @Property
    void anyTextCanBeWritten(@ForAll("texts") String text) {
        assertThat(setting(text.replace("${", "$${"))).isEqualTo(text);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings().withChars("${}:env/ab ").ofMaxLength(12);
    }

    @Example
    void theReportReadsNone() {
        GrantFile file = GrantFile.parse("g.yaml", yaml("Bearer ${env:NONE}", "${file:/none}"), new UnreadReferences());
        HeaderValue value = file.grants().get(0).websocket().get(0).headers().get("Authorization");

        assertThat(value.reference()).contains("Bearer ${env:NONE}");
        assertThat(value.reveal()).isEqualTo("Bearer unread");
    }

    @Example
    void aContradictionIsTheFilesProblem() {
        String other =
                "      - target: wss://*.example.com/\n        access: [subscribe]\n        headers: {authorization: '${env:A}'}\n"
                        + "      - target: wss://a.example.com/\n        access: [subscribe]\n        headers: {Authorization: '${env:B}'}\n";
        environment.putAll(Map.of("A", "s3cret", "B", "s3cret"));

        assertThatThrownBy(() -> GrantFile.parse(
                        "g.yaml", yaml("x", "").replace("    settings:\n      a: ''\n", other), references))
                .hasMessage(
                        "g.yaml:12:9: grants[0].websocket[2].headers: the header Authorization has another value in the"
                                + " entry for wss://*.example.com:443/, which covers targets of this one too: write it alike in"
                                + " both, or narrow one of them");
    }

    @Example
    void thisProcessesEnvironmentAndFiles() throws IOException {
        Path file = Files.createTempFile("secret", "");
        try {
            Files.writeString(file, "s3cret\n");
            String yaml = yaml("${file:" + file + "}", "${file:" + file + "}");

            assertThat(GrantFile.parse("g.yaml", yaml).grants().get(0).settings())
                    .containsEntry("a", "s3cret");
            Files.write(file, new byte[ReferringText.MAX_FILE_BYTES + 1]);
            assertThatThrownBy(() -> GrantFile.parse("g.yaml", yaml))
                    .hasMessageContaining("${file:" + file + "} cannot be read: it has more than 65536 bytes");
            Files.delete(file);
            assertThatThrownBy(() -> GrantFile.parse("g.yaml", yaml))
                    .hasMessageContaining("${file:" + file + "} cannot be read: no such file");
            Map.Entry<String, String> variable = System.getenv().entrySet().stream()
                    .filter(entry -> entry.getKey().equals("PATH"))
                    .findFirst()
                    .orElseThrow();
            assertThat(GrantFile.parse("g.yaml", yaml("x", "${env:PATH}"))
                            .grants()
                            .get(0)
                            .settings())
                    .containsEntry("a", variable.getValue());
        } finally {
            Files.deleteIfExists(file);
        }
    }
}
