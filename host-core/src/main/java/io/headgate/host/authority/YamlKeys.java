package io.headgate.host.authority;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The keys that a mapping may have.
 *
 * @param allowed the keys
 * @param refused keys of a later version, with what to do instead: read as if they were absent, they would promise what
 *     nobody keeps
 */
record YamlKeys(List<String> allowed, Map<String, String> refused) {

    static YamlKeys of(String... allowed) {
        return new YamlKeys(List.of(allowed), Map.of());
    }

    YamlKeys refusing(Map<String, String> later) {
        return new YamlKeys(allowed, later);
    }

    String list() {
        return String.join(", ", allowed);
    }

    Optional<String> problem(String key) {
        if (allowed.contains(key)) {
            return Optional.empty();
        }
        String advice = refused.get(key);
        if (advice != null) {
            return Optional.of("not supported by this version; " + advice);
        }
        String what = isNameShown(key) ? "unknown key" : "unknown key (not shown: is the space after ':' missing?)";
        return Optional.of(what + ": expected one of " + list());
    }

    /** A slip such as {@code {token:abc}} makes a key of a secret. */
    static boolean isNameShown(String key) {
        return Require.isName(key);
    }
}
