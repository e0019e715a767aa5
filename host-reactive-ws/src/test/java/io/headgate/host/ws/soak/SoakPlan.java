package io.headgate.host.ws.soak;

import io.headgate.host.ws.soak.SoakFault.Bans;
import io.headgate.host.ws.soak.SoakFault.Binary;
import io.headgate.host.ws.soak.SoakFault.Bursts;
import io.headgate.host.ws.soak.SoakFault.Closes;
import io.headgate.host.ws.soak.SoakFault.Dribbles;
import io.headgate.host.ws.soak.SoakFault.FallsSilent;
import io.headgate.host.ws.soak.SoakFault.Floods;
import io.headgate.host.ws.soak.SoakFault.Fragments;
import io.headgate.host.ws.soak.SoakFault.Freezes;
import io.headgate.host.ws.soak.SoakFault.Garbage;
import io.headgate.host.ws.soak.SoakFault.HangsUp;
import io.headgate.host.ws.soak.SoakFault.HangsUpOnDial;
import io.headgate.host.ws.soak.SoakFault.IsSilent;
import io.headgate.host.ws.soak.SoakFault.IsSlow;
import io.headgate.host.ws.soak.SoakFault.OutputFails;
import io.headgate.host.ws.soak.SoakFault.Pings;
import io.headgate.host.ws.soak.SoakFault.PluginCloses;
import io.headgate.host.ws.soak.SoakFault.PortDown;
import io.headgate.host.ws.soak.SoakFault.Refuses;
import io.headgate.host.ws.soak.SoakFault.Resets;
import io.headgate.host.ws.soak.SoakFault.Silences;
import io.headgate.host.ws.soak.SoakFault.SpeaksToThePast;
import io.headgate.host.ws.soak.SoakFault.StopsReading;
import io.headgate.host.ws.soak.SoakFault.StopsWriting;
import io.headgate.host.ws.soak.SoakFault.TalksNonsense;
import io.headgate.host.ws.soak.SoakFault.Throws;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/**
 * What goes wrong, and when: nothing but a function of the seed. Kinds of faults come in rounds, each of which has all of them, as
 * often as their weight says, in an order of its own: so a short run has all of them too.
 */
final class SoakPlan {

    private static final int SHORTEST_PAUSE_MILLIS = 20;
    private static final int LONGEST_PAUSE_MILLIS = 140;
    private static final int[] CLOSE_CODES = {1000, 1001, 1008, 1011, 1012, 1013, 3000, 4000, 4999};
    private static final List<PeerBytes> GARBAGE = List.of(PeerBytes.values());
    private static final int[] REFUSALS = {429, 500, 502, 503};

    private final Random random;
    private final List<Function<Random, SoakFault>> kinds = new ArrayList<>();
    private final List<Function<Random, SoakFault>> round = new ArrayList<>();
    private long atMillis;

    /**
     * One fault.
     *
     * @param atMillis when, from the start
     * @param fault what
     */
    record Planned(long atMillis, SoakFault fault) {}

    SoakPlan(long seed) {
        random = new Random(seed);
        sessions();
        dials();
        plugins();
        add(1, random -> new Silences(service(random), between(random, 500, 3000)));
        add(1, random -> new Bans(service(random), between(random, 500, 3000)));
    }

    private void sessions() {
        add(6, random -> new Closes(place(random), oneOf(random, CLOSE_CODES)));
        add(6, random -> new HangsUp(place(random)));
        add(6, random -> new Resets(place(random)));
        add(6, random -> new Garbage(place(random), GARBAGE.get(random.nextInt(GARBAGE.size()))));
        add(2, random -> new Binary(place(random), random.nextInt(4096)));
        add(3, random -> new Pings(place(random), between(random, 10, 500)));
        add(6, random -> new Bursts(place(random), between(random, 20, 400)));
        add(3, random -> new Fragments(place(random), between(random, 2, 50)));
        add(3, random -> new Dribbles(place(random), between(random, 1, 60)));
        add(3, random -> new StopsReading(place(random), between(random, 100, 4000)));
        add(2, random -> new Freezes(place(random)));
        add(1, random -> new FallsSilent(place(random)));
        add(2, random -> new StopsWriting(place(random), between(random, 100, 4000)));
    }

    private void dials() {
        add(3, random -> new Refuses(place(random), between(random, 1, 3), oneOf(random, REFUSALS), random.nextInt(3)));
        add(2, random -> new IsSilent(place(random), between(random, 1, 2)));
        add(2, random -> new HangsUpOnDial(place(random), between(random, 1, 4)));
        add(1, random -> new PortDown(random.nextInt(Roster.ports()), between(random, 200, 3000)));
    }

    private void plugins() {
        add(3, random -> new Throws(service(random)));
        add(2, random -> new OutputFails(service(random)));
        add(2, random -> new IsSlow(service(random), between(random, 1, 100), between(random, 100, 4000)));
        add(3, random -> new Floods(service(random), connection(random), between(random, 10, 600)));
        add(3, random -> new SpeaksToThePast(service(random), connection(random), between(random, 1, 50)));
        add(2, random -> new TalksNonsense(service(random), connection(random)));
        add(2, random -> new PluginCloses(service(random), connection(random), oneOf(random, CLOSE_CODES)));
    }

    private void add(int weight, Function<Random, SoakFault> kind) {
        kinds.addAll(Collections.nCopies(weight, kind));
    }

    Planned next() {
        if (round.isEmpty()) {
            round.addAll(kinds);
            Collections.shuffle(round, random);
        }
        atMillis += between(random, SHORTEST_PAUSE_MILLIS, LONGEST_PAUSE_MILLIS);
        return new Planned(atMillis, round.remove(round.size() - 1).apply(random));
    }

    /** How many faults make a round. */
    int round() {
        return kinds.size();
    }

    private static Place place(Random random) {
        return new Place(service(random), connection(random));
    }

    private static int service(Random random) {
        return random.nextInt(Place.SERVICES);
    }

    private static int connection(Random random) {
        return random.nextInt(Place.CONNECTIONS);
    }

    private static int between(Random random, int least, int most) {
        return least + random.nextInt(most - least + 1);
    }

    private static int oneOf(Random random, int[] values) {
        return values[random.nextInt(values.length)];
    }
}
