package io.headgate.host.authority;

import io.headgate.host.authority.YamlNode.Entry;
import io.headgate.host.authority.YamlNode.Mapping;
import io.headgate.host.authority.YamlNode.Sequence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A mapping of a {@link SettingsFile}. Each method takes what there is so far and answers it with the key's value put in, or as it
 * is where the file does not have the key. What puts it in may refuse the value with an {@link IllegalArgumentException}, whose
 * message is told with the key's place: so a bound is written down once, where the setting is.
 */
public final class SettingsSection {

    private static final int MAX_TEXT = 4096;
    private static final int MAX_ELEMENTS = 1000;

    private final @Nullable Mapping mapping;
    private final String path;
    private final Problems problems;
    private final ReferringText references;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Set<String> asked = new LinkedHashSet<>();

    private SettingsSection(@Nullable Mapping mapping, String path, Problems problems, ReferringText references) {
        this.mapping = mapping;
        this.path = path;
        this.problems = problems;
        this.references = references;
    }

    static SettingsSection of(YamlNode node, String path, Problems problems, ReferringText references) {
        if (!(node instanceof Mapping mapping)) {
            problems.add(node.position(), path, "expected a mapping" + ScalarType.found(node, true));
            return new SettingsSection(null, path, problems, references);
        }
        SettingsSection section = new SettingsSection(mapping, path, problems, references);
        mapping.entries().forEach(section::index);
        return section;
    }

    /**
     * A mapping within this one.
     *
     * @param key its key
     * @param settings what there is so far
     * @param reading reads the mapping; not asked where there is none
     * @param <S> what is made
     * @return what the reading made of the settings
     */
    public <S> S section(String key, S settings, BiFunction<SettingsSection, S, S> reading) {
        Optional<YamlNode> node = child(key);
        if (node.isEmpty()) {
            return settings;
        }
        SettingsSection within = of(node.get(), path(key), problems, references);
        S made = reading.apply(within, settings);
        within.end();
        return made;
    }

    /**
     * A duration, such as {@code 250ms}, {@code 10s} or {@code 5m}.
     *
     * @param key its key
     * @param settings what there is so far
     * @param with puts it in
     * @param <S> what is made
     * @return the settings with it
     */
    public <S> S duration(String key, S settings, BiFunction<S, Duration, S> with) {
        return put(key, ScalarType.duration(Duration.ofMillis(1), Duration.ofDays(1)), settings, with);
    }

    /**
     * A whole number.
     *
     * @param key its key
     * @param settings what there is so far
     * @param with puts it in
     * @param <S> what is made
     * @return the settings with it
     */
    public <S> S number(String key, S settings, BiFunction<S, Integer, S> with) {
        return put(key, ScalarType.wholeNumber(0, Integer.MAX_VALUE), settings, with);
    }

    /**
     * A size, such as {@code 64KiB} or {@code 8MiB}.
     *
     * @param key its key
     * @param settings what there is so far
     * @param with puts it in, in bytes
     * @param <S> what is made
     * @return the settings with it
     */
    public <S> S size(String key, S settings, BiFunction<S, Long, S> with) {
        return put(key, ScalarType.size(1, 1L << 30), settings, with);
    }

    /**
     * A text of at most 4,096 characters.
     *
     * @param key its key
     * @param settings what there is so far
     * @param with puts it in
     * @param <S> what is made
     * @return the settings with it
     */
    public <S> S text(String key, S settings, BiFunction<S, String, S> with) {
        return put(key, ScalarType.ofText(MAX_TEXT, true), settings, with);
    }

    /**
     * A list of texts of at most 4,096 characters each, at most 1,000 of them.
     *
     * @param key its key
     * @param settings what there is so far
     * @param with puts it in
     * @param <S> what is made
     * @return the settings with it
     */
    public <S> S texts(String key, S settings, BiFunction<S, List<String>, S> with) {
        Optional<YamlNode> node = child(key);
        if (node.isEmpty()) {
            return settings;
        }
        if (!(node.get() instanceof Sequence list) || list.elements().size() > MAX_ELEMENTS) {
            problems.add(
                    node.get().position(),
                    path(key),
                    "expected a list of at most " + MAX_ELEMENTS + " texts" + ScalarType.found(node.get(), true));
            return settings;
        }
        List<String> texts = new ArrayList<>();
        for (YamlNode element : list.elements()) {
            ScalarType.ofText(MAX_TEXT, true)
                    .read(element, path(key) + "[" + texts.size() + "]", problems)
                    .ifPresent(texts::add);
        }
        return placed(node.get(), key, settings, List.copyOf(texts), with);
    }

    /**
     * A text that is not shown, and may refer to what the file does not hold: <code>${env:NAME}</code>,
     * <code>${file:/path}</code>.
     *
     * @param key its key
     * @param settings what there is so far
     * @param with puts it in, with everything in its place; its refusal must not show it
     * @param <S> what is made
     * @return the settings with it
     */
    public <S> S secret(String key, S settings, BiFunction<S, String, S> with) {
        return put(
                key,
                ScalarType.ofText(MAX_TEXT, false),
                settings,
                (so, written) ->
                        with.apply(so, references.resolve(written, MAX_TEXT).text()));
    }

    /**
     * One of some words: the constants of an enum in lower case with hyphens.
     *
     * @param key its key
     * @param type the enum
     * @param settings what there is so far
     * @param with puts it in
     * @param <S> what is made
     * @param <E> the enum
     * @return the settings with it
     */
    public <S, E extends Enum<E>> S constant(String key, Class<E> type, S settings, BiFunction<S, E, S> with) {
        return put(key, ScalarType.constant(type), settings, with);
    }

    /**
     * What is made of several keys together.
     *
     * @param making makes it; its refusal, an {@link IllegalArgumentException}, is told with this mapping's place
     * @param <T> what is made
     * @return what was made; empty where it was refused
     */
    public <T> Optional<T> made(Supplier<T> making) {
        try {
            return Optional.of(making.get());
        } catch (IllegalArgumentException refused) {
            problems.add(
                    mapping == null ? Position.START : mapping.position(), path, String.valueOf(refused.getMessage()));
            return Optional.empty();
        }
    }

    private <S, V> S put(String key, ScalarType<V> type, S settings, BiFunction<S, V, S> with) {
        Optional<YamlNode> node = child(key);
        Optional<V> value = node.flatMap(present -> type.read(present, path(key), problems));
        return value.isEmpty() ? settings : placed(node.get(), key, settings, value.get(), with);
    }

    private <S, V> S placed(YamlNode node, String key, S settings, V value, BiFunction<S, V, S> with) {
        try {
            return with.apply(settings, value);
        } catch (IllegalArgumentException refused) {
            problems.add(node.position(), path(key), String.valueOf(refused.getMessage()));
            return settings;
        }
    }

    <V> Optional<V> required(String key, ScalarType<V> type) {
        Optional<YamlNode> node = child(key);
        if (node.isEmpty() && mapping != null) {
            problems.add(mapping.position(), path(key), "missing: expected " + type.expected());
        }
        return node.flatMap(present -> type.read(present, path(key), problems));
    }

    /** Whatever was not asked for is none of the settings. */
    void end() {
        YamlKeys keys = YamlKeys.of(asked.toArray(String[]::new));
        entries.values()
                .forEach(entry -> keys.problem(entry.key())
                        .ifPresent(problem -> problems.add(
                                entry.position(),
                                YamlKeys.isNameShown(entry.key()) ? path(entry.key()) : path,
                                problem)));
    }

    private Optional<YamlNode> child(String key) {
        asked.add(key);
        return Optional.ofNullable(entries.get(key)).map(Entry::value);
    }

    private void index(Entry entry) {
        Entry earlier = entries.putIfAbsent(entry.key(), entry);
        if (earlier != null) {
            problems.add(
                    entry.position(),
                    YamlKeys.isNameShown(entry.key()) ? path(entry.key()) : path,
                    "the key is there twice, first at " + earlier.position());
        }
    }

    private String path(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}
