package io.headgate.host.authority;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.headgate.host.ConfigurationException;
import io.headgate.host.reference.ErrorsPage;
import io.netty.pkitesting.X509Bundle;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.provider.Arguments;

/** docs/errors.md has what is wrong with a file of TLS, as it is said. */
@Timeout(60)
final class TlsErrorsPageTest {

    private static final String BEFORE = "the file \"[^\"]+\" is of no use: ";

    @Test
    void listsEveryReason() throws Exception {
        List<String> said = Stream.concat(TlsReaderTest.problems(), more())
                .map(problem -> said(problem.get()))
                .filter(message -> message.matches("(?s)" + BEFORE + ".*"))
                .map(message -> message.replaceFirst(BEFORE, ""))
                .toList();

        new ErrorsPage().agrees("TLS files", "| reason | cause | fix |", said);
    }

    private static Stream<Arguments> more() throws Exception {
        X509Bundle root = PemTexts.root("root");
        byte[] certificate = root.getCertificate().getEncoded();
        byte[] longer = Arrays.copyOf(certificate, certificate.length + 1);
        return Stream.of(Arguments.of("{trust: [/x]}", PemTexts.block("CERTIFICATE", longer), "", ""));
    }

    private static String said(Object[] problem) {
        PemTexts files = TlsReaderTest.known();
        if (!problem[1].equals("no file")) {
            files.with("/x", (String) problem[1]);
        }
        String entry = "      - target: \"wss://h/\"\n        access: [subscribe]\n        tls: " + problem[0] + "\n";
        return catchThrowableOfType(ConfigurationException.class, () -> files.grants(entry))
                .problems()
                .get(0)
                .message();
    }
}
