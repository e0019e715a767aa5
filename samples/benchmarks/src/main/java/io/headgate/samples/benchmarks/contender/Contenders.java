package io.headgate.samples.benchmarks.contender;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** All contenders by name. */
public final class Contenders {

    /** The floor: a Netty pipeline that decodes each frame to a {@code String}. */
    public static final String RAW_NETTY = "raw-netty";

    /** The floor of what is sent: the same, but for how it makes a frame of a text. */
    public static final String RAW_NETTY_BYTES = "raw-netty/bytes";
    /** What the name of a contender that does {@link Work#SAME} ends with. */
    public static final String SAME = "/same";
    /** The way most of the reactive world has. */
    public static final String REACTOR_NETTY = "reactor-netty";
    /** Headgate's operators on the event loop. */
    public static final String HEADGATE_LOOP = "headgate-loop";
    /** The whole product, as it comes. */
    public static final String HEADGATE_HOST = "headgate-host";
    /** The same with {@code overflow: hold}. */
    public static final String HEADGATE_HOST_HOLD = "headgate-host/hold";

    /** Likewise, with a service's connections over two event loops. */
    public static final String HEADGATE_HOST_TWO_LOOPS = "headgate-host/hold/2";

    private static final Map<String, Supplier<Contender>> BY_NAME = byName();

    private Contenders() {}

    /**
     * Makes one.
     *
     * @param name its name
     * @return the contender
     */
    public static Contender named(String name) {
        Supplier<Contender> making = BY_NAME.get(name);
        if (making == null) {
            throw new IllegalArgumentException("no contender " + name + "; there are " + BY_NAME.keySet());
        }
        return making.get();
    }

    /** The names, the floor's first. */
    public static Set<String> names() {
        return BY_NAME.keySet();
    }

    private static Map<String, Supplier<Contender>> byName() {
        Map<String, Supplier<Contender>> all = new LinkedHashMap<>();
        all.put(RAW_NETTY, () -> new RawNetty(Work.BARE, RawNetty.OF_STRING));
        all.put(RAW_NETTY_BYTES, () -> new RawNetty(Work.BARE, RawNetty.OF_BYTES));
        all.put(RAW_NETTY + SAME, () -> new RawNetty(Work.SAME, RawNetty.OF_BYTES));
        all.put(REACTOR_NETTY, () -> new ReactorNetty(Work.BARE));
        all.put(REACTOR_NETTY + SAME, () -> new ReactorNetty(Work.SAME));
        all.put(HEADGATE_LOOP, HeadgateLoop::new);
        all.put(HEADGATE_HOST, () -> new HeadgateHost("drop-newest", 1));
        all.put(HEADGATE_HOST_HOLD, () -> new HeadgateHost("hold", 1));
        all.put(HEADGATE_HOST_TWO_LOOPS, () -> new HeadgateHost("hold", 2));
        all.put("spring", () -> new Spring(Work.BARE));
        all.put("spring/same", () -> new Spring(Work.SAME));
        all.put("jdk", () -> new JdkHttp(Work.BARE));
        all.put("jdk/same", () -> new JdkHttp(Work.SAME));
        all.put("okhttp", () -> new OkHttp(Work.BARE));
        all.put("okhttp/same", () -> new OkHttp(Work.SAME));
        all.put("vertx", () -> new VertX(Work.BARE));
        all.put("vertx/same", () -> new VertX(Work.SAME));
        all.put("java-websocket", () -> new JavaWebSocket(Work.BARE));
        all.put("java-websocket/same", () -> new JavaWebSocket(Work.SAME));
        return all;
    }
}
