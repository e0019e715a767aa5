package io.headgate.host.ws.soak;

import java.lang.management.ManagementFactory;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * What is alive after a collection, as the JVM counts it.
 *
 * @param instances of each class, by its name
 * @param bytes of each class, likewise
 * @param total bytes of all that is alive
 */
public record Histogram(Map<String, Long> instances, Map<String, Long> bytes, long total) {

    private static final Pattern LINE = Pattern.compile("\\s*\\d+:\\s+(\\d+)\\s+(\\d+)\\s+(\\S+).*");
    private static final int MOST_TOLD = 12;

    /** Collects garbage, and counts what is left. */
    public static Histogram now() {
        try {
            Object text = ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "gcClassHistogram",
                            new Object[] {new String[0]},
                            new String[] {String[].class.getName()});
            return parse((String) text);
        } catch (JMException unknown) {
            throw new IllegalStateException("this JVM has no class histogram", unknown);
        }
    }

    static Histogram parse(String text) {
        Map<String, Long> instances = new TreeMap<>();
        Map<String, Long> bytes = new TreeMap<>();
        for (String line : text.lines().toList()) {
            Matcher row = LINE.matcher(line);
            if (row.matches()) {
                instances.merge(row.group(3), Long.parseLong(row.group(1)), Long::sum);
                bytes.merge(row.group(3), Long.parseLong(row.group(2)), Long::sum);
            }
        }
        long total = bytes.values().stream().mapToLong(Long::longValue).sum();
        return new Histogram(instances, bytes, total);
    }

    public long count(String name) {
        return instances.getOrDefault(name, 0L);
    }

    /** The classes that grew most, for whoever has to find out why. */
    String growthSince(Histogram earlier) {
        return bytes.keySet().stream()
                .filter(name -> grown(earlier, name) > 0)
                .sorted(Comparator.comparingLong((String name) -> grown(earlier, name))
                        .reversed())
                .limit(MOST_TOLD)
                .map(name -> name + " +" + grown(earlier, name) + " B, +" + (count(name) - earlier.count(name))
                        + " instances")
                .collect(Collectors.joining("; "));
    }

    private long grown(Histogram earlier, String name) {
        return bytes.get(name) - earlier.bytes.getOrDefault(name, 0L);
    }
}
