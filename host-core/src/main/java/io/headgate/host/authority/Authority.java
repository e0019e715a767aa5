package io.headgate.host.authority;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one service may do: the intersection of what its manifest declares and what the operator grants. Immutable; when
 * a grant changes, the host makes another one with the next version.
 *
 * <p>Every unknown is a refusal. A refusal names its {@link Rule} and says what an operator or a plugin author can
 * change; it never shows a query. Questions may be asked on any thread and do not block. About the {@linkplain
 * #declaredTarget declared target} they were answered in advance: asking is a look-up and a comparison.
 */
public final class Authority {

    private final String service;
    private final long version;
    private final Verdict load;
    private final Map<String, ConnectionAuthority> connections;

    private Authority(String service, long version, Verdict load, Map<String, ConnectionAuthority> connections) {
        this.service = service;
        this.version = version;
        this.load = load;
        this.connections = connections;
    }

    /**
     * Intersects the manifest of a service that the application made itself with a grant.
     *
     * @param manifest the plugin's manifest
     * @param service the service, one of the manifest's
     * @param grant the plugin's grant; null when there is none, which refuses everything, as a grant for another plugin,
     *     another release or a jar does
     * @param version the number to tell it from others of the service, from 0
     * @return the authority
     */
    public static Authority of(Manifest manifest, ServiceDeclaration service, @Nullable Grant grant, long version) {
        return of(manifest, service, Optional.empty(), grant, version);
    }

    /**
     * Intersects the manifest of a service from a jar with a grant.
     *
     * @param manifest the plugin's manifest
     * @param service the service, one of the manifest's
     * @param jar the jar that manifest and code are read from
     * @param grant as for a service of the application's own; one that names another jar, or none, refuses everything too
     * @param version the number to tell it from others of the service, from 0
     * @return the authority
     */
    public static Authority of(
            Manifest manifest, ServiceDeclaration service, JarDigest jar, @Nullable Grant grant, long version) {
        return of(manifest, service, Optional.of(jar), grant, version);
    }

    private static Authority of(
            Manifest manifest,
            ServiceDeclaration service,
            Optional<JarDigest> jar,
            @Nullable Grant grant,
            long version) {
        if (!manifest.services().contains(service)) {
            throw new IllegalArgumentException(
                    "service must be one of the manifest of " + manifest.id() + ", is " + service.name());
        }
        Require.inRange("version", version, 0, Long.MAX_VALUE, "");
        GrantedTargets granted = GrantedTargets.of(manifest, jar, grant);
        Map<String, ConnectionAuthority> connections = new LinkedHashMap<>();
        for (ConnectionDeclaration declared : service.connections()) {
            connections.put(declared.name(), new ConnectionAuthority(manifest.id(), declared, granted));
        }
        Verdict load = jar.isPresent() ? granted.standing() : Verdict.ALLOWED;
        return new Authority(manifest.id() + "/" + service.name(), version, load, connections);
    }

    /**
     * Whether code of the service may be loaded and run. To be asked before each incarnation.
     *
     * @return allowed when a grant names the plugin, its release and the jar; and for a service that the application made
     *     itself, whose code was loaded before anybody could be asked
     */
    public Verdict load() {
        return load;
    }

    /**
     * Which authority of the service it is.
     *
     * @return the number it was made with
     */
    public long version() {
        return version;
    }

    /**
     * Whether a connection may be dialled and listened to. To be asked before each dial.
     *
     * @param connection the connection's name
     * @param target where to
     * @return allowed when the manifest declares the connection for the target with access {@code subscribe}, a grant
     *     entry gives it, its query is empty, or the one that the manifest declares, or an entry lets any pass, and of the
     *     subprotocols that the manifest asks for, if any, at least one is granted
     */
    public Verdict subscribe(String connection, Target target) {
        ConnectionAuthority authority = connections.get(connection);
        return authority == null ? notDeclared(connection) : authority.subscribe(target);
    }

    /**
     * Whether a text may be sent. To be asked before each write.
     *
     * @param connection the connection's name
     * @param target the target of its session, whose query was judged when it was dialled
     * @return allowed when the manifest declares the connection for the target with access {@code send}, and a grant
     *     entry gives it
     */
    public Verdict send(String connection, Target target) {
        ConnectionAuthority authority = connections.get(connection);
        return authority == null ? notDeclared(connection) : authority.send(target);
    }

    /**
     * Whether an exchange may be dialled, and whether one of its texts may be sent. To be asked before each.
     *
     * @param connection the connection's name
     * @param target where to
     * @return allowed when the manifest declares the connection for the target with access {@code exchange}, a grant entry
     *     gives it, and of the subprotocols that the manifest asks for, if any, at least one is granted
     */
    public Verdict exchange(String connection, Target target) {
        ConnectionAuthority authority = connections.get(connection);
        return authority == null ? notDeclared(connection) : authority.exchange(target);
    }

    /**
     * Whether an exchange may be dialled at the {@linkplain #declaredTarget declared target}.
     *
     * @param connection the connection's name
     * @return as {@link #exchange(String, Target)}; refused for a connection that is declared with a pattern, which names no
     *     URI to dial
     */
    public Verdict exchange(String connection) {
        ConnectionAuthority authority = connections.get(connection);
        return authority == null ? notDeclared(connection) : authority.exchange();
    }

    /**
     * On which terms a dial may be made. To be asked before each dial.
     *
     * @param connection the connection's name
     * @param target where to
     * @param access {@code SUBSCRIBE} for the dial of the connection, {@code EXCHANGE} for that of an exchange
     * @return the subprotocols that are declared, and granted for the target with that access, in the manifest's order; the
     *     addresses that one of the grant's entries that cover the target with that access lets pass; {@link DialTerms#NONE}
     *     where the dial is refused, and for {@code SEND}, which dials nothing
     */
    public DialTerms terms(String connection, Target target, Access access) {
        ConnectionAuthority authority = connections.get(connection);
        return authority == null ? DialTerms.NONE : authority.terms(target, access);
    }

    /**
     * Explains to the operator why a dial was refused that had been allowed until its name was resolved.
     *
     * @param connection the connection's name
     * @param target where to
     * @param access as the dial asked for its {@linkplain #terms}
     * @param refused what the target stood for
     * @return the refusal, with the addresses: not for the plugin
     */
    public Verdict.Refused addressNotGranted(
            String connection, Target target, Access access, RefusedAddresses refused) {
        ConnectionAuthority authority = connections.get(connection);
        return authority == null ? notDeclared(connection) : authority.addressNotGranted(target, access, refused);
    }

    /**
     * Explains to the operator why a dial that is for the host's proxy was refused by a host that has none.
     *
     * @param connection the connection's name
     * @param target where to
     * @param access as the dial asked for its {@linkplain #terms}
     * @return the refusal
     */
    public Verdict.Refused noProxy(String connection, Target target, Access access) {
        ConnectionAuthority authority = connections.get(connection);
        return authority == null ? notDeclared(connection) : authority.noProxy(target, access);
    }

    /**
     * How many texts may be sent.
     *
     * @param connection the connection's name
     * @param target the target of its session
     * @return the budgets of all grant entries that cover the target with access {@code send}, each once: all of them hold;
     *     empty for no bound, and where nothing may be sent
     */
    public List<SendBudget> sendBudgets(String connection, Target target) {
        ConnectionAuthority authority = connections.get(connection);
        return authority == null ? List.of() : authority.sendBudgets(target);
    }

    /** Which queries the plugin may open a target with. */
    QueryPolicy query(String connection, Target target) {
        ConnectionAuthority authority = connections.get(connection);
        return authority == null ? QueryPolicy.DECLARED : authority.query(target);
    }

    /**
     * What the host dials by itself.
     *
     * @param connection the connection's name
     * @return the declared URI with its query; empty when the connection is unknown, or declared with a pattern
     */
    public Optional<Target> declaredTarget(String connection) {
        return Optional.ofNullable(connections.get(connection)).flatMap(ConnectionAuthority::declaredTarget);
    }

    @Override
    public String toString() {
        return "Authority[" + service + ", version " + version + ", connections " + connections.keySet() + "]";
    }

    private Verdict.Refused notDeclared(String connection) {
        String shown = Shown.quoted(connection);
        return new Verdict.Refused(
                Rule.CONNECTION_NOT_DECLARED,
                "the manifest declares no connection " + shown + " of " + service,
                "use one of " + connections.keySet() + " or declare it in the manifest");
    }
}
