package io.headgate.host.authority;

import java.util.Arrays;
import java.util.Optional;

/** The versions of TLS that may be asked for at least. Older ones are never spoken. */
public enum TlsVersion {
    /** TLS 1.2 or 1.3. */
    TLS_1_2("1.2"),
    /** TLS 1.3 only. */
    TLS_1_3("1.3");

    private final String number;

    TlsVersion(String number) {
        this.number = number;
    }

    static Optional<TlsVersion> find(String number) {
        return Arrays.stream(values())
                .filter(version -> version.number.equals(number))
                .findFirst();
    }

    /**
     * As a grant file spells it.
     *
     * @return {@code 1.2} or {@code 1.3}
     */
    public String number() {
        return number;
    }
}
