package io.headgate.host.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A page of docs/reference, and its tables. */
record ReferencePage(String text) {

    static final Path FOLDER = Path.of(System.getProperty("basedir", ".")).resolve("../docs/reference");

    static ReferencePage read(String file) {
        try {
            return new ReferencePage(Files.readString(FOLDER.resolve(file)));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    /** The rows of the first table with that header under a heading, as their cells without backticks. */
    List<List<String>> rows(String heading, String header) {
        List<String> rows = text.lines()
                .dropWhile(line -> !line.matches("#+ " + heading))
                .dropWhile(line -> !line.equals(header))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .toList();
        assertThat(rows).as("the table under %s with %s", heading, header).isNotEmpty();
        return rows.stream().map(ReferencePage::cells).toList();
    }

    /** As {@link #rows}, the first columns only. */
    List<List<String>> rows(String heading, String header, int columns) {
        return rows(heading, header).stream()
                .map(row -> row.subList(0, columns))
                .toList();
    }

    /** As {@link #rows}, one column only, from 0. */
    List<String> column(String heading, String header, int column) {
        return rows(heading, header).stream().map(row -> row.get(column)).toList();
    }

    private static List<String> cells(String row) {
        return Stream.of(row.substring(1).split("\\|", -1))
                .map(cell -> cell.replace("`", "").strip())
                .toList();
    }
}
