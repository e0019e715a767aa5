package io.headgate.host.ws.test;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Every logger at TRACE, and every event looked at in full; nothing is printed meanwhile. */
final class TracedLogs extends UnsynchronizedAppenderBase<ILoggingEvent> implements AutoCloseable {

    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Level before = root.getLevel();
    private final List<Appender<ILoggingEvent>> appenders = new ArrayList<>();
    private final AtomicLong seen = new AtomicLong();
    private final Map<String, AtomicLong> byLogger = new ConcurrentHashMap<>();
    private final Queue<String> found = new ConcurrentLinkedQueue<>();

    static TracedLogs on() {
        TracedLogs logs = new TracedLogs();
        for (Iterator<Appender<ILoggingEvent>> each = logs.root.iteratorForAppenders(); each.hasNext(); ) {
            logs.appenders.add(each.next());
        }
        logs.appenders.forEach(logs.root::detachAppender);
        logs.setContext(logs.root.getLoggerContext());
        logs.begin();
        return logs;
    }

    private void begin() {
        super.start();
        root.addAppender(this);
        root.setLevel(Level.TRACE);
    }

    @Override
    protected void append(ILoggingEvent event) {
        seen.incrementAndGet();
        byLogger.computeIfAbsent(event.getLoggerName(), name -> new AtomicLong())
                .incrementAndGet();
        String all = told(event);
        Set<Canaries> canaries = Canaries.in(all);
        if (!canaries.isEmpty()) {
            found.add(canaries + " in " + event.getLevel() + " " + event.getLoggerName() + ": " + all);
        }
    }

    private static String told(ILoggingEvent event) {
        StringBuilder all = new StringBuilder(event.getThreadName())
                .append(' ')
                .append(event.getFormattedMessage())
                .append(' ')
                .append(Arrays.toString(event.getArgumentArray()))
                .append(event.getMDCPropertyMap())
                .append(event.getMarkerList())
                .append(event.getKeyValuePairs());
        thrown(event.getThrowableProxy(), all);
        return all.toString();
    }

    private static void thrown(@Nullable IThrowableProxy thrown, StringBuilder all) {
        if (thrown != null) {
            all.append(' ').append(thrown.getClassName()).append(": ").append(thrown.getMessage());
            for (IThrowableProxy suppressed : thrown.getSuppressed()) {
                thrown(suppressed, all);
            }
            thrown(thrown.getCause(), all);
        }
    }

    /** How many events there were, by logger. */
    Map<String, Long> counts() {
        Map<String, Long> counts = new TreeMap<>();
        byLogger.forEach((logger, count) -> counts.put(logger, count.get()));
        return counts;
    }

    long seen() {
        return seen.get();
    }

    List<String> found() {
        return List.copyOf(found);
    }

    @Override
    public void close() {
        root.detachAppender(this);
        root.setLevel(before);
        appenders.forEach(root::addAppender);
        stop();
    }
}
