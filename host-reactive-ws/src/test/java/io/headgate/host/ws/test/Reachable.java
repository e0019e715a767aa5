package io.headgate.host.ws.test;

import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What the host's own objects say of themselves: all of those that some lead to, by their fields and through collections. */
final class Reachable {

    private static final int MOST = 50_000;

    private final Set<Object> known = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Deque<Object> next = new ArrayDeque<>();
    private final List<String> said = new ArrayList<>();

    private Reachable() {}

    static List<String> from(Object... roots) {
        Reachable reachable = new Reachable();
        for (Object root : roots) {
            reachable.meet(root);
        }
        reachable.walk();
        return reachable.said;
    }

    private void meet(@Nullable Object object) {
        boolean leads = object instanceof Iterable
                || object instanceof Map
                || object instanceof Optional
                || object instanceof AtomicReference
                || object instanceof Object[]
                || (object != null && isTheHosts(object));
        if (leads && known.size() < MOST && known.add(object)) {
            next.add(object);
        }
    }

    private void walk() {
        for (Object object = next.poll(); object != null; object = next.poll()) {
            if (isTheHosts(object)) {
                said.add(object.getClass().getName() + " " + object);
                fields(object);
            } else if (object instanceof Optional<?> optional) {
                optional.ifPresent(this::meet);
            } else if (object instanceof AtomicReference<?> reference) {
                meet(reference.get());
            } else if (object instanceof Map<?, ?> map) {
                map.forEach((key, value) -> {
                    meet(key);
                    meet(value);
                });
            } else if (object instanceof Object[] array) {
                Arrays.stream(array).forEach(this::meet);
            } else if (object instanceof Collection<?> collection) {
                collection.forEach(this::meet);
            }
        }
    }

    /** Test kits show what they are for. */
    private static boolean isTheHosts(Object object) {
        String name = object.getClass().getName();
        return name.startsWith("io.headgate.") && !name.contains(".test.");
    }

    private void fields(Object object) {
        for (Class<?> type = object.getClass(); type != null && type != Object.class; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
                    meet(value(field, object));
                }
            }
        }
    }

    private static @Nullable Object value(Field field, Object object) {
        try {
            field.setAccessible(true);
            return field.get(object);
        } catch (InaccessibleObjectException | IllegalAccessException closed) {
            return null;
        }
    }
}
