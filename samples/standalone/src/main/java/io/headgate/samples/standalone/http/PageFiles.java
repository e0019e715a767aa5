package io.headgate.samples.standalone.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The status page's files, read once: nothing of a request is ever part of a file's name. */
final class PageFiles {

    private final Map<String, Answer> files = Map.of(
            "/", file("index.html", "text/html; charset=utf-8"),
            "/page.css", file("page.css", "text/css; charset=utf-8"),
            "/page.js", file("page.js", "text/javascript; charset=utf-8"),
            "/icon.svg", file("icon.svg", "image/svg+xml"));

    Optional<Answer> find(String path) {
        return Optional.ofNullable(files.get(path));
    }

    private static Answer file(String name, String type) {
        try (InputStream in = Objects.requireNonNull(PageFiles.class.getResourceAsStream("/page/" + name), name)) {
            return Answer.ok(type, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new UncheckedIOException("resource " + name + " could not be read", unreadable);
        }
    }
}
