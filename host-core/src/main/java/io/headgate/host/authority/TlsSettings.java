package io.headgate.host.authority;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How the TLS of a dial differs from what it is everywhere: the system's trust, no client certificate, TLS 1.2 or 1.3. There is
 * nothing here that would turn a check off. {@code toString} shows subjects, and nothing of a key.
 *
 * @param trust certificates that a peer's may lead to besides those that the system trusts, or be; at most 1024
 * @param identity the client certificate; empty for none
 * @param minVersion the least version
 * @param files where it was read from, or would be: a report reads none of them; {@link TlsFiles#NONE} where it was made in code, or put together
 */
public record TlsSettings(
        Set<X509Certificate> trust, Optional<ClientIdentity> identity, TlsVersion minVersion, TlsFiles files) {

    static final int MAX_TRUST = 1024;

    private static final int SHOWN_SUBJECTS = 3;

    private static final TlsSettings DEFAULTS =
            new TlsSettings(Set.of(), Optional.empty(), TlsVersion.TLS_1_2, TlsFiles.NONE);

    /** Copies and checks the components. */
    public TlsSettings {
        trust = Set.copyOf(trust);
        Require.size("trust", trust, MAX_TRUST);
        Objects.requireNonNull(identity, "identity");
        Objects.requireNonNull(minVersion, "minVersion");
        Objects.requireNonNull(files, "files");
    }

    /**
     * What holds where a grant says nothing.
     *
     * @return no extra anchor, no client certificate, TLS 1.2
     */
    public static TlsSettings defaults() {
        return DEFAULTS;
    }

    /**
     * The same settings with other extra anchors.
     *
     * @param certificates see {@link #trust()}
     * @return the settings
     */
    public TlsSettings withTrust(Set<X509Certificate> certificates) {
        return new TlsSettings(certificates, identity, minVersion, TlsFiles.NONE);
    }

    /**
     * The same settings with a client certificate.
     *
     * @param newIdentity see {@link #identity()}
     * @return the settings
     */
    public TlsSettings withIdentity(ClientIdentity newIdentity) {
        return new TlsSettings(trust, Optional.of(newIdentity), minVersion, TlsFiles.NONE);
    }

    /**
     * The same settings with another least version.
     *
     * @param version see {@link #minVersion()}
     * @return the settings
     */
    public TlsSettings withMinVersion(TlsVersion version) {
        return new TlsSettings(trust, identity, version, files);
    }

    boolean isDefault() {
        return equals(DEFAULTS);
    }

    /**
     * What two entries that cover one target come to: the anchors of both, the client certificate of either, the higher version.
     *
     * @throws IllegalArgumentException when they have different client certificates
     */
    TlsSettings and(TlsSettings other) {
        if (contradicts(other)) {
            throw new IllegalArgumentException("one target must have one client certificate, and has two");
        }
        Set<X509Certificate> both = new HashSet<>(trust);
        both.addAll(other.trust);
        return new TlsSettings(
                both,
                identity.or(() -> other.identity),
                minVersion.compareTo(other.minVersion) >= 0 ? minVersion : other.minVersion,
                TlsFiles.NONE);
    }

    boolean contradicts(TlsSettings other) {
        return identity.isPresent() && other.identity.isPresent() && !identity.equals(other.identity);
    }

    /** Whether a session that was dialled on these settings could have been dialled on the others too, just as it was. */
    boolean holdsUnder(TlsSettings now) {
        return now.trust.containsAll(trust)
                && now.identity.equals(identity)
                && now.minVersion.compareTo(minVersion) <= 0;
    }

    /** What is said of it, a phrase each; empty for the defaults. */
    List<String> facts() {
        List<String> facts = new ArrayList<>();
        if (!trust.isEmpty()) {
            facts.add("trusts " + subjects() + " too");
        } else if (!files.trust().isEmpty()) {
            facts.add("trusts what is in " + Shown.quoted(String.join(", ", files.trust())) + " too");
        }
        identity.map(known -> subject(known.certificate()))
                .or(() -> files.certificate().isEmpty()
                        ? Optional.empty()
                        : Optional.of(Shown.quoted(files.certificate())))
                .ifPresent(certificate -> facts.add("client certificate " + certificate));
        if (minVersion != TlsVersion.TLS_1_2) {
            facts.add("at least " + minVersion.number());
        }
        return List.copyOf(facts);
    }

    private String subjects() {
        String some = trust.stream()
                .map(TlsSettings::subject)
                .sorted()
                .limit(SHOWN_SUBJECTS)
                .collect(Collectors.joining("; "));
        return trust.size() > SHOWN_SUBJECTS ? some + " and " + (trust.size() - SHOWN_SUBJECTS) + " more" : some;
    }

    private static String subject(X509Certificate certificate) {
        return Shown.quoted(certificate.getSubjectX500Principal().getName());
    }

    @Override
    public String toString() {
        return "TlsSettings" + facts();
    }
}
