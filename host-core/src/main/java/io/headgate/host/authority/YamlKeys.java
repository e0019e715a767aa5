package io.headgate.host.authority;

import java.util.List;
import java.util.Optional;

/**
 * The keys that a mapping may have.
 *
 * @param allowed the keys
 */
record YamlKeys(List<String> allowed) {

    static YamlKeys of(String... allowed) {
        return new YamlKeys(List.of(allowed));
    }

    String list() {
        return String.join(", ", allowed);
    }

    Optional<String> problem(String key) {
        if (allowed.contains(key)) {
            return Optional.empty();
        }
        String what = isNameShown(key) ? "unknown key" : "unknown key (not shown: is the space after ':' missing?)";
        return Optional.of(what + ": expected one of " + list());
    }

    /** A slip such as {@code {token:abc}} makes a key of a secret. */
    static boolean isNameShown(String key) {
        return Require.isName(key);
    }
}
