package io.headgate.host.authority;

import io.headgate.host.authority.YamlNode.Scalar;
import io.headgate.host.authority.YamlNode.Sequence;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads {@code addresses}: a word, a CIDR, or a list of them. */
record AddressesReader(Problems problems) {

    private static final String EXPECTED =
            "expected public, private, loopback, trusted-proxy or a CIDR such as 10.1.0.0/16, or a list of these";

    /** Answers the default where there was a problem, which is noted. */
    AddressPolicy read(YamlFields fields, String key) {
        return fields.child(key).flatMap(node -> read(node, fields.path(key))).orElse(AddressPolicy.PUBLIC);
    }

    private Optional<AddressPolicy> read(YamlNode node, String path) {
        int mark = problems.count();
        if (!(node instanceof Sequence sequence)) {
            Optional<String> only = range(node, path, new LinkedHashSet<>());
            return problems.unlessSince(mark, () -> AddressPolicy.of(only.orElseThrow()));
        }
        int size = sequence.elements().size();
        if (size < 1 || size > AddressPolicy.MAX_RANGES) {
            problems.add(
                    node.position(),
                    path,
                    EXPECTED + " with 1 to " + AddressPolicy.MAX_RANGES + " elements, found " + size);
            return Optional.empty();
        }
        Set<String> ranges = new LinkedHashSet<>();
        for (int i = 0; i < size; i++) {
            range(sequence.elements().get(i), path + "[" + i + "]", ranges);
        }
        if (ranges.size() > 1 && ranges.contains(AddressWord.TRUSTED_PROXY.spelling())) {
            problems.add(
                    node.position(), path, "expected " + AddressPolicy.PROXY_ALONE + ", found " + size + " elements");
        }
        return problems.unlessSince(mark, () -> AddressPolicy.of(List.copyOf(ranges)));
    }

    private Optional<String> range(YamlNode node, String path, Set<String> seen) {
        if (!(node instanceof Scalar scalar) || scalar.kind() != YamlNode.Kind.TEXT) {
            problems.add(node.position(), path, EXPECTED + ScalarType.found(node, true));
            return Optional.empty();
        }
        try {
            String spelling = AddressRange.parse(scalar.text()).spelling();
            if (!seen.add(spelling)) {
                problems.add(node.position(), path, "the same value is in the list twice");
            }
            return Optional.of(spelling);
        } catch (IllegalArgumentException e) {
            problems.add(node.position(), path, EXPECTED + ScalarType.found(node, true) + ": " + e.getMessage());
            return Optional.empty();
        }
    }
}
