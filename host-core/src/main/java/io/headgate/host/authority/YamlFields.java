package io.headgate.host.authority;

import io.headgate.host.authority.YamlNode.Entry;
import io.headgate.host.authority.YamlNode.Mapping;
import io.headgate.host.authority.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the keys of one mapping strictly. A problem is noted and nothing returned, so that one pass finds them all; who
 * makes something of the values asks {@link Problems#unlessSince} first.
 */
final class YamlFields {

    private final @Nullable Mapping mapping;
    private final String path;
    private final Problems problems;
    private final Map<String, Entry> entries = new HashMap<>();

    /** Makes something of an element of a list. */
    @FunctionalInterface
    interface ElementReader<T> {
        Optional<T> read(YamlNode node, String path);
    }

    private YamlFields(@Nullable Mapping mapping, String path, Problems problems) {
        this.mapping = mapping;
        this.path = path;
        this.problems = problems;
    }

    static YamlFields of(YamlNode node, String path, Problems problems, YamlKeys keys) {
        if (!(node instanceof Mapping mapping)) {
            problems.add(
                    node.position(),
                    path,
                    "expected a mapping with the keys " + keys.list() + ScalarType.found(node, true));
            return new YamlFields(null, path, problems);
        }
        YamlFields fields = new YamlFields(mapping, path, problems);
        mapping.entries().forEach(entry -> fields.index(entry, keys));
        return fields;
    }

    <T> Optional<T> required(String key, ScalarType<T> type) {
        requireKey(key, type.expected());
        return optional(key, type);
    }

    <T> Optional<T> optional(String key, ScalarType<T> type) {
        return child(key).flatMap(node -> type.read(node, path(key), problems));
    }

    /** A name that no earlier mapping of the list may have. */
    Optional<String> uniqueName(String key, Set<String> seen) {
        Optional<String> name = required(key, ScalarType.NAME);
        child(key)
                .filter(node -> name.isPresent() && !seen.add(name.get()))
                .ifPresent(
                        node -> problems.add(node.position(), path(key), Shown.quoted(name.get()) + " is there twice"));
        return name;
    }

    /** A list of single values, each there once. Without the key, the list is empty. */
    <T> List<T> distinct(String key, ScalarType<T> type, int most) {
        Set<T> seen = new LinkedHashSet<>();
        return list(key, most, (node, elementPath) -> {
            Optional<T> value = type.read(node, elementPath, problems);
            if (value.isPresent() && !seen.add(value.get())) {
                problems.add(node.position(), elementPath, "the same value is in the list twice");
            }
            return value;
        });
    }

    /** A list. Without the key, it is empty. */
    <T> List<T> list(String key, int most, ElementReader<T> reader) {
        Optional<YamlNode> node = child(key);
        if (node.isEmpty()) {
            return List.of();
        }
        if (!(node.get() instanceof Sequence sequence)) {
            problems.add(node.get().position(), path(key), "expected a list" + ScalarType.found(node.get(), true));
            return List.of();
        }
        if (sequence.elements().size() > most) {
            problems.add(
                    sequence.position(),
                    path(key),
                    "expected at most " + most + " elements, found "
                            + sequence.elements().size());
            return List.of();
        }
        List<T> values = new ArrayList<>();
        for (int i = 0; i < sequence.elements().size(); i++) {
            reader.read(sequence.elements().get(i), path(key) + "[" + i + "]").ifPresent(values::add);
        }
        return values;
    }

    void requireKey(String key, String expected) {
        if (mapping != null && !entries.containsKey(key)) {
            problems.add(mapping.position(), path(key), "missing: expected " + expected);
        }
    }

    /** Notes a problem where the key is missing, or where its list is empty. */
    void requireElements(String key, String expected) {
        requireKey(key, expected);
        child(key)
                .filter(node ->
                        node instanceof Sequence sequence && sequence.elements().isEmpty())
                .ifPresent(node ->
                        problems.add(node.position(), path(key), "expected " + expected + ", found an empty list"));
    }

    /** The value of a key, if the key is there. */
    Optional<YamlNode> child(String key) {
        return Optional.ofNullable(entries.get(key)).map(Entry::value);
    }

    String path(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private void index(Entry entry, YamlKeys keys) {
        Optional<String> problem = keys.problem(entry.key());
        if (problem.isPresent()) {
            problems.add(entry.position(), YamlKeys.isNameShown(entry.key()) ? path(entry.key()) : path, problem.get());
            return;
        }
        Entry earlier = entries.putIfAbsent(entry.key(), entry);
        if (earlier != null) {
            problems.add(entry.position(), path(entry.key()), "the key is there twice, first at " + earlier.position());
        }
    }
}
