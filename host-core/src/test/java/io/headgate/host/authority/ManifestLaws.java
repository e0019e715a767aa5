package io.headgate.host.authority;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.host.ConfigurationException;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/** What holds of every file that is taken for a manifest: it is refused as {@link FileLaws} say, or can be written down and read again. */
final class ManifestLaws {

    private static final String FILE = "plugin.yaml";
    private static final Set<String> HIDDEN = Set.of("services.connections.target");

    private ManifestLaws() {}

    /** Whether it was accepted. */
    static boolean hold(byte[] input) {
        Manifest manifest;
        try {
            manifest = Manifest.parse(FILE, input);
        } catch (ConfigurationException refused) {
            FileLaws.holdOf(refused, FILE, input, HIDDEN);
            return false;
        }
        String written = written(manifest);
        Manifest again = Manifest.parse(FILE, written);
        assertThat(again).isEqualTo(manifest);
        assertThat(written(again)).isEqualTo(written);
        assertThat(manifest.toString()).doesNotContain("?");
        for (ServiceDeclaration service : manifest.services()) {
            assertThat(manifest.service(service.name())).contains(service);
            // Nothing is granted, so nothing is allowed; and nothing of it makes the authority stumble.
            Authority authority = Authority.of(manifest, service, Grant.of(manifest.id()), 1);
            service.connections()
                    .forEach(connection -> connection
                            .dialTarget()
                            .ifPresent(target -> assertThat(authority.subscribe(connection.name(), target))
                                    .isInstanceOf(Verdict.Refused.class)));
        }
        return true;
    }

    private static String written(Manifest manifest) {
        return "version: 1\nid: " + FileLaws.quoted(manifest.id())
                + "\nrelease: " + FileLaws.quoted(manifest.release())
                + "\nservices: "
                + manifest.services().stream().map(ManifestLaws::written).collect(Collectors.joining(", ", "[", "]\n"));
    }

    private static String written(ServiceDeclaration service) {
        return "{name: " + FileLaws.quoted(service.name()) + ", class: " + FileLaws.quoted(service.className())
                + ", connections: "
                + service.connections().stream().map(ManifestLaws::written).collect(Collectors.joining(", ", "[", "]"))
                + "}";
    }

    private static String written(ConnectionDeclaration connection) {
        String target = connection
                .dialTarget()
                .map(dialled -> dialled.toUri().toString())
                .orElse(connection.target().toString());
        return "{name: " + FileLaws.quoted(connection.name()) + ", target: " + FileLaws.quoted(target) + ", access: "
                + list(connection.access().stream().map(Access::wireName).toList()) + ", subprotocols: "
                + list(connection.subprotocols()) + "}";
    }

    private static String list(Collection<String> texts) {
        return texts.stream().map(FileLaws::quoted).collect(Collectors.joining(", ", "[", "]"));
    }
}
