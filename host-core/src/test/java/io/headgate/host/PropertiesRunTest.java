package io.headgate.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Property;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** jqwik passes over a property that has an annotation of JUnit's, and the build is green without it. */
final class PropertiesRunTest {

    @Test
    @DisplayName("no property has an annotation of JUnit's, with which it would not run")
    void noPropertyIsPassedOver() throws IOException, URISyntaxException {
        Path classes = Path.of(PropertiesRunTest.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        List<Method> properties;
        try (Stream<Path> files = Files.walk(classes)) {
            properties = files.map(classes::relativize)
                    .map(Path::toString)
                    .filter(file -> file.startsWith("io") && file.endsWith(".class"))
                    .map(file ->
                            file.substring(0, file.length() - ".class".length()).replaceAll("[/\\\\]", "."))
                    .flatMap(name -> Arrays.stream(loaded(name).getDeclaredMethods()))
                    .filter(method -> method.isAnnotationPresent(Property.class))
                    .toList();
        }

        assertThat(properties)
                .hasSizeGreaterThan(30)
                .allSatisfy(property -> assertThat(property.getAnnotations())
                        .noneMatch(annotation ->
                                annotation.annotationType().getName().startsWith("org.junit.jupiter.")));
    }

    private static Class<?> loaded(String name) {
        try {
            return Class.forName(name, false, PropertiesRunTest.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
