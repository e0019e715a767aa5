package io.headgate.host.ws.soak;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What lives of the host while nothing is under way. Late as early there are as many objects of each of its classes, with the
 * exceptions below, each of which has a bound; and of what belongs to a session there is one for each that is open.
 *
 * @param all of each class
 */
record Instances(Histogram all) {

    private static final List<String> OURS = List.of("io.headgate.host.", "io.headgate.plugin.");
    private static final String SOAKS = "io.headgate.host.ws.soak.";

    /** One for each session that is open. */
    private static final List<String> OF_SESSIONS = List.of(
            "io.headgate.host.ws.NettySession",
            "io.headgate.host.ws.NettyWire",
            "io.headgate.host.ws.FrameCodec",
            "io.headgate.host.ws.CloseHandshake",
            "io.headgate.host.ws.UnreadFrames",
            "io.headgate.host.ws.Dial",
            "io.headgate.host.transport.SessionLife",
            "io.headgate.host.pipeline.Liveness",
            "io.headgate.host.pipeline.FramePipeline",
            "io.headgate.host.pipeline.SessionOrigin",
            "io.headgate.host.command.OutboundWriter",
            "io.headgate.host.command.CommandGate",
            "io.headgate.host.command.Mailbox",
            "reactor.netty.http.client.WebsocketClientOperations");

    /** What waits, or is under way: nothing, while nothing is. */
    private static final List<String> UNDER_WAY = List.of(
            "io.headgate.host.ingress.Waiting",
            "io.headgate.host.ingress.Missing",
            "io.headgate.host.ingress.Holder",
            "io.headgate.host.command.IssuedCommand");

    /** By the beginning of a name: the most there may be, whatever there was. */
    private static final Map<String, Integer> BOUNDS = bounds();

    private static Map<String, Integer> bounds() {
        int services = Place.SERVICES;
        int connections = Place.ALL.size() + services; // those for no declared connection too
        Map<String, Integer> most = new HashMap<>();
        // Each service's way keeps the last event and command that passed it.
        most.put("io.headgate.plugin.IngressEvent$", services);
        most.put("io.headgate.plugin.OutputCommand$", services);
        // The last incarnation that failed, until the next one does; and the event that it had in hand.
        most.put("io.headgate.host.service.Hand", 2 * services);
        most.put("io.headgate.host.service.Hand$Busy", services);
        most.put("io.headgate.host.service.Incarnation", 2 * services);
        most.put("io.headgate.host.service.IncarnationScheduler", 2 * services);
        // The history of the diagnostics, and what they name.
        most.put("io.headgate.host.diagnostics.Diagnostic$", SoakHost.HISTORY * services);
        most.put("io.headgate.host.diagnostics.Recorded", 20 * SoakHost.HISTORY * services);
        most.put("io.headgate.host.diagnostics.DiagnosticLog$", 20 * services);
        // What a plugin said of itself last.
        most.put("io.headgate.host.service.ReportedHealth", services);
        most.put("io.headgate.plugin.EventId", (SoakHost.HISTORY + 1) * services);
        // What was granted at first, and what is granted now.
        most.put("io.headgate.host.authority.", 2 * connections);
        // Made when first needed: for each connection, by kind or reason.
        most.put("io.headgate.host.service.Pause", 30 * connections);
        most.put("io.headgate.host.ingress.ControlSlots$Answers", 3 * connections);
        most.put("io.headgate.host.ingress.RunningTally", 10 * connections);
        most.put("io.headgate.host.ingress.Held", connections);
        most.put("io.headgate.host.command.TokenWait", connections);
        return most;
    }

    static Instances now() {
        return new Instances(Histogram.now());
    }

    /** Of each class that does not keep to the law: its name, and how many there were and are. */
    List<String> astraySince(Instances first, int open) {
        TreeSet<String> astray = new TreeSet<>();
        TreeMap<String, Long> late = new TreeMap<>(all.instances());
        first.all.instances().keySet().forEach(name -> late.putIfAbsent(name, 0L));
        late.forEach((name, count) -> {
            if (isOurs(name) && !isAllowed(name, first.all.count(name), count)) {
                astray.add(name + ": " + first.all.count(name) + " then " + count);
            }
        });
        OF_SESSIONS.forEach(name -> require(name, open, astray));
        UNDER_WAY.forEach(name -> require(name, 0, astray));
        return List.copyOf(astray);
    }

    private void require(String name, long expected, TreeSet<String> astray) {
        if (all.count(name) != expected) {
            astray.add(name + ": " + all.count(name) + " instead of " + expected);
        }
    }

    private static boolean isAllowed(String name, long first, long late) {
        return late == first || late <= bound(name);
    }

    private static int bound(String name) {
        return BOUNDS.entrySet().stream()
                .filter(entry -> name.equals(entry.getKey())
                        || (name.startsWith(entry.getKey()) && !Character.isLetter(last(entry.getKey()))))
                .mapToInt(Map.Entry::getValue)
                .findFirst()
                .orElse(0);
    }

    private static char last(String text) {
        return text.charAt(text.length() - 1);
    }

    /** Not those of functions and constants, which the JVM makes once, when they are first needed. */
    private static boolean isOurs(String name) {
        return OURS.stream().anyMatch(name::startsWith)
                && !name.startsWith(SOAKS)
                && !name.contains("$$Lambda")
                && !isConstant(name);
    }

    private static boolean isConstant(String name) {
        try {
            Class<?> known = Class.forName(name, false, Instances.class.getClassLoader());
            return Enum.class.isAssignableFrom(known);
        } catch (ClassNotFoundException array) {
            return true;
        }
    }
}
