package io.headgate.host.reference;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What the code declares, spelled as the pages spell it. */
final class Declared {

    private Declared() {}

    /** Name and type of each component of a record, in order. */
    static List<List<String>> components(Class<?> record) {
        return Arrays.stream(record.getRecordComponents())
                .map(component -> List.of(component.getName(), type(component)))
                .toList();
    }

    /** Each component that is not one of {@code common}, of each kind of a sealed interface: kind, name and type. */
    static List<List<String>> ownComponents(Class<?> sealed, Set<String> common) {
        return Arrays.stream(sealed.getPermittedSubclasses())
                .filter(Class::isRecord)
                .flatMap(kind -> Arrays.stream(kind.getRecordComponents())
                        .filter(component -> !common.contains(component.getName()))
                        .map(component -> List.of(kind.getSimpleName(), component.getName(), type(component))))
                .toList();
    }

    static List<String> kinds(Class<?> sealed) {
        return Arrays.stream(sealed.getPermittedSubclasses())
                .map(Class::getSimpleName)
                .toList();
    }

    static List<String> constants(Class<? extends Enum<?>> type) {
        return Arrays.stream(type.getEnumConstants()).map(Enum::name).toList();
    }

    /** Every number and duration that a class fixes: {@code Class.NAME} and its value. */
    static Stream<List<String>> fixed(String className) {
        try {
            Class<?> type = Class.forName(className);
            return Arrays.stream(type.getDeclaredFields())
                    .filter(Declared::isFixed)
                    .map(field -> List.of(type.getSimpleName() + "." + field.getName(), value(field)));
        } catch (ClassNotFoundException gone) {
            throw new AssertionError(gone);
        }
    }

    static String shown(Object value) {
        if (value instanceof Duration duration) {
            return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
        }
        return String.valueOf(value);
    }

    private static boolean isFixed(Field field) {
        Class<?> type = field.getType();
        return Modifier.isStatic(field.getModifiers())
                && Modifier.isFinal(field.getModifiers())
                && !field.isSynthetic()
                && (type == int.class || type == long.class || type == Duration.class);
    }

    private static String value(Field field) {
        try {
            field.setAccessible(true);
            return shown(field.get(null));
        } catch (IllegalAccessException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static String type(RecordComponent component) {
        return component.getGenericType().getTypeName().replaceAll("[\\w.]+[.$](?=[A-Z])", "");
    }
}
