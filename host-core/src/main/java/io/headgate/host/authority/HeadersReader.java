package io.headgate.host.authority;

import io.headgate.host.authority.YamlNode.Entry;
import io.headgate.host.authority.YamlNode.Kind;
import io.headgate.host.authority.YamlNode.Mapping;
import io.headgate.host.authority.YamlNode.Scalar;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code headers}: a mapping of names to texts, which may refer to secrets. */
record HeadersReader(ReferringText texts, Problems problems) {

    private static final String KEY = "headers";

    /** Answers what is there but for what had a problem, which is noted. */
    Map<String, HeaderValue> read(YamlFields fields, List<Access> access, boolean anyHost) {
        Optional<YamlNode> node = fields.child(KEY);
        if (node.isEmpty()) {
            return Map.of();
        }
        String path = fields.path(KEY);
        if (!(node.get() instanceof Mapping mapping)) {
            problems.add(
                    node.get().position(),
                    path,
                    "expected a mapping of header names to texts" + ScalarType.found(node.get(), false));
            return Map.of();
        }
        int size = mapping.entries().size();
        if (size < 1 || size > Headers.MAX) {
            problems.add(mapping.position(), path, "expected 1 to " + Headers.MAX + " headers, found " + size);
            return Map.of();
        }
        checkUse(mapping, path, access, anyHost);
        Map<String, HeaderValue> headers = new LinkedHashMap<>();
        Set<String> seen = new HashSet<>();
        mapping.entries().forEach(entry -> header(entry, path, seen, headers));
        return headers;
    }

    /** What a plugin may send anywhere, it may send to itself: so a secret is for hosts that the operator names. */
    private void checkUse(Mapping mapping, String path, List<Access> access, boolean anyHost) {
        if (anyHost) {
            problems.add(
                    mapping.position(),
                    path,
                    "expected a target that names its host, since whoever names the URI would be sent the headers");
        }
        if (!access.isEmpty() && access.stream().allMatch(Access.SEND::equals)) {
            problems.add(
                    mapping.position(),
                    path,
                    "expected access to have `subscribe` or `exchange`, since headers are sent with a dial only");
        }
    }

    private void header(Entry entry, String path, Set<String> seen, Map<String, HeaderValue> headers) {
        // A key without a value may be a value without a key: neither is shown then.
        boolean slip = entry.value() instanceof Scalar scalar && scalar.kind() == Kind.ABSENT;
        if (slip || !Require.isToken(entry.key())) {
            problems.add(
                    entry.position(),
                    path,
                    "expected " + Headers.NAME + ", then ':', a space and a text; found something else (not shown)");
            return;
        }
        String headerPath = path + "." + entry.key();
        Headers.refusal(entry.key()).ifPresent(why -> problems.add(entry.position(), headerPath, why));
        if (!seen.add(entry.key().toLowerCase(Locale.ROOT))) {
            problems.add(entry.position(), headerPath, "the header is there twice");
        }
        value(entry.value(), headerPath).ifPresent(value -> headers.put(entry.key(), value));
    }

    private Optional<HeaderValue> value(YamlNode node, String path) {
        return ScalarType.HEADER.read(node, path, problems).flatMap(written -> {
            try {
                ReferringText.Resolved resolved = texts.resolve(written, HeaderValue.MAX_LENGTH);
                return Optional.of(HeaderValue.of(resolved.text(), resolved.reference()));
            } catch (ReferenceException e) {
                problems.add(node.position(), path, String.valueOf(e.getMessage()));
            } catch (IllegalArgumentException e) {
                problems.add(
                        node.position(),
                        path,
                        "expected " + HeaderValue.EXPECTED + ", found something else (not shown)");
            }
            return Optional.empty();
        });
    }
}
