package io.headgate.host.loading;

import java.util.List;
import java.util.Optional;

/**
 * Which packages are the host's: those a plugin sees, and those that no jar may bring along. A class of its own there would be
 * passed over without a word.
 */
final class HostPackages {

    /** With all packages below them. */
    private static final List<String> SHARED_TREES =
            List.of("org.reactivestreams.", "reactor.core.", "reactor.util.", "reactor.adapter.", "org.slf4j.");

    /** Without those below: the test kit is not for running plugins. */
    private static final List<String> SHARED_PACKAGES = List.of("org.jspecify.annotations", "io.headgate.plugin");

    private static final List<String> OWNED_TREES = List.of(
            "java/",
            "io/headgate/plugin/",
            "io/headgate/host/",
            "reactor/core/",
            "reactor/util/",
            "reactor/adapter/",
            "org/reactivestreams/",
            "org/jspecify/",
            "org/slf4j/");

    private HostPackages() {}

    /** Whether a plugin sees the host's class of that name. */
    static boolean share(String className) {
        int dot = className.lastIndexOf('.');
        return SHARED_TREES.stream().anyMatch(className::startsWith)
                || (dot > 0 && SHARED_PACKAGES.contains(className.substring(0, dot)));
    }

    /** The package of the host's that a jar's entry would be in. */
    static Optional<String> owning(String entry) {
        return OWNED_TREES.stream()
                .filter(entry::startsWith)
                .map(tree -> tree.substring(0, tree.length() - 1).replace('/', '.'))
                .findFirst();
    }

    /** For the end of a sentence. */
    static String visible() {
        return "of the host a plugin sees org.reactivestreams, reactor.core, reactor.util, reactor.adapter, org.slf4j,"
                + " org.jspecify.annotations and io.headgate.plugin only";
    }
}
