package io.headgate.host.authority;

import io.headgate.host.authority.YamlNode.Scalar;
import io.headgate.host.authority.YamlNode.Sequence;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads {@code tls}, and the files that it names. */
final class TlsReader {

    static final int MAX_TRUST_FILES = 16;

    private static final YamlKeys KEYS = YamlKeys.of("trust", "certificate", "key", "min-version");

    private final Problems problems;
    private final References references;
    private final PemFiles pem;

    TlsReader(Problems problems, References references) {
        this.problems = problems;
        this.references = references;
        this.pem = new PemFiles(references);
    }

    /** Answers the defaults where there was a problem, which is noted. */
    TlsSettings read(YamlFields entry, String key, Optional<TargetPattern> target) {
        Optional<YamlNode> node = entry.child(key);
        if (node.isEmpty()) {
            return TlsSettings.defaults();
        }
        if (target.filter(pattern -> !pattern.scheme().equals("wss")).isPresent()) {
            problems.add(
                    node.get().position(),
                    entry.path(key),
                    "expected a wss:// target, since the key has no effect on ws://");
            return TlsSettings.defaults();
        }
        return settings(YamlFields.of(node.get(), entry.path(key), problems, KEYS));
    }

    private TlsSettings settings(YamlFields fields) {
        int mark = problems.count();
        List<String> trustFiles = fields.distinct("trust", ScalarType.FILE, MAX_TRUST_FILES);
        Set<X509Certificate> trust =
                problems.count() == mark && references.areReal() ? trust(fields, trustFiles) : Set.of();
        Optional<String> certificate = fields.optional("certificate", ScalarType.FILE);
        Optional<String> key = fields.optional("key", ScalarType.FILE);
        Optional<TlsVersion> version = fields.optional("min-version", ScalarType.TLS_VERSION);
        Optional<ClientIdentity> identity = identity(fields, certificate, key);
        return problems.unlessSince(
                        mark,
                        () -> new TlsSettings(
                                trust,
                                identity,
                                version.orElse(TlsVersion.TLS_1_2),
                                new TlsFiles(trustFiles, certificate.orElse(""), key.orElse(""))))
                .orElse(TlsSettings.defaults());
    }

    private Set<X509Certificate> trust(YamlFields fields, List<String> files) {
        Set<X509Certificate> trust = new HashSet<>();
        fields.child("trust").map(node -> ((Sequence) node).elements()).orElse(List.of()).stream()
                .map(node -> (Scalar) node)
                .forEach(node -> made(
                                node, fields.path("trust") + "[" + files.indexOf(node.text()) + "]", pem::certificates)
                        .ifPresent(trust::addAll));
        if (trust.size() > TlsSettings.MAX_TRUST) {
            problems.add(
                    fields.child("trust").orElseThrow().position(),
                    fields.path("trust"),
                    "expected at most " + TlsSettings.MAX_TRUST + " certificates in all, found " + trust.size());
        }
        return trust;
    }

    private Optional<ClientIdentity> identity(YamlFields fields, Optional<String> certificate, Optional<String> key) {
        if (fields.child("certificate").isEmpty() && fields.child("key").isEmpty()) {
            return Optional.empty();
        }
        fields.requireKey("certificate", "the file with the client certificate of `key`");
        fields.requireKey("key", "the file with the private key of `certificate`");
        if (certificate.isEmpty() || key.isEmpty() || !references.areReal()) {
            return Optional.empty();
        }
        Scalar keyNode = (Scalar) fields.child("key").orElseThrow();
        Scalar certificateNode = (Scalar) fields.child("certificate").orElseThrow();
        return made(certificateNode, fields.path("certificate"), file -> ClientIdentity.checked(pem.certificates(file)))
                .flatMap(chain -> made(
                        keyNode, fields.path("key"), file -> new ClientIdentity(chain, pem.key(file, chain.get(0)))));
    }

    private <T> Optional<T> made(Scalar node, String path, Function<Path, T> of) {
        try {
            return Optional.of(of.apply(Path.of(node.text())));
        } catch (IllegalArgumentException e) {
            problems.add(
                    node.position(),
                    path,
                    "the file " + Shown.quoted(node.text()) + " is of no use: " + e.getMessage());
            return Optional.empty();
        }
    }
}
