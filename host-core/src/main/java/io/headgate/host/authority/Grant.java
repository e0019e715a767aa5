package io.headgate.host.authority;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What an operator gives to a plugin. {@code toString} leaves the settings out: they may be secret.
 *
 * @param plugin the id of the plugin: 1 to 64 of {@code [a-zA-Z0-9._-]}
 * @param release the one release it is for, 1 to 64 of {@code [a-zA-Z0-9._+-]}; empty for any
 * @param digest the one jar it is for: without it a grant gives nothing to a plugin from a jar, and with it nothing to one
 *     that the application made itself, as nobody can tell which bytes that one was loaded from
 * @param websocket what is given on which targets, at most 1024 entries; their order does not matter. No two may have different
 *     client certificates for one target, and two that cover the same targets with an access that dials set the same header to the
 *     same; all of them together set at most 32 headers
 * @param limits the bounds of the plugin's services
 * @param reconnect how the plugin's connections come back
 * @param liveness how the host finds out that a peer of its connections is not there any more
 * @param restart how the plugin's services come back
 * @param settings what the plugin is told, at most 256; names as {@code plugin}, values of at most 4,096 characters
 */
public record Grant(
        String plugin,
        Optional<String> release,
        Optional<JarDigest> digest,
        List<WebSocketGrant> websocket,
        Limits limits,
        ReconnectSettings reconnect,
        LivenessSettings liveness,
        RestartSettings restart,
        Map<String, String> settings) {

    static final int MAX_WEBSOCKET = 1024;
    static final int MAX_SETTINGS = 256;
    static final int MAX_SETTING_LENGTH = 4096;

    /** Copies and checks the components. */
    public Grant {
        Require.name("plugin", plugin);
        release.ifPresent(Require::release);
        websocket = Require.atMost("websocket", websocket, MAX_WEBSOCKET);
        EntryConflict.among(websocket).ifPresent(conflict -> {
            throw new IllegalArgumentException("websocket must not contradict itself: " + conflict.why());
        });
        Objects.requireNonNull(limits, "limits");
        Objects.requireNonNull(reconnect, "reconnect");
        Objects.requireNonNull(liveness, "liveness");
        Objects.requireNonNull(restart, "restart");
        Require.size("settings", settings.keySet(), MAX_SETTINGS);
        settings.forEach(Grant::checkSetting);
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }

    /**
     * Grants on any release, to a plugin that is not from a jar, with default limits, default reconnect, liveness and restart settings, and no settings.
     *
     * @param plugin see {@link #plugin()}
     * @param websocket see {@link #websocket()}
     * @return the grant
     */
    public static Grant of(String plugin, WebSocketGrant... websocket) {
        return new Grant(
                plugin,
                Optional.empty(),
                Optional.empty(),
                List.of(websocket),
                Limits.defaults(),
                ReconnectSettings.defaults(),
                LivenessSettings.defaults(),
                RestartSettings.defaults(),
                Map.of());
    }

    /**
     * The same grant for one release only.
     *
     * @param newRelease the release
     * @return the grant
     */
    public Grant withRelease(String newRelease) {
        return new Grant(
                plugin, Optional.of(newRelease), digest, websocket, limits, reconnect, liveness, restart, settings);
    }

    /**
     * The same grant for one jar only.
     *
     * @param newDigest see {@link #digest()}
     * @return the grant
     */
    public Grant withDigest(JarDigest newDigest) {
        return new Grant(
                plugin, release, Optional.of(newDigest), websocket, limits, reconnect, liveness, restart, settings);
    }

    /**
     * The same grant with other entries.
     *
     * @param newWebsocket see {@link #websocket()}
     * @return the grant
     */
    public Grant withWebsocket(List<WebSocketGrant> newWebsocket) {
        return new Grant(plugin, release, digest, newWebsocket, limits, reconnect, liveness, restart, settings);
    }

    /**
     * The same grant with other bounds.
     *
     * @param newLimits see {@link #limits()}
     * @return the grant
     */
    public Grant withLimits(Limits newLimits) {
        return new Grant(plugin, release, digest, websocket, newLimits, reconnect, liveness, restart, settings);
    }

    /**
     * The same grant with other reconnect settings.
     *
     * @param newReconnect see {@link #reconnect()}
     * @return the grant
     */
    public Grant withReconnect(ReconnectSettings newReconnect) {
        return new Grant(plugin, release, digest, websocket, limits, newReconnect, liveness, restart, settings);
    }

    /**
     * The same grant with other liveness settings.
     *
     * @param newLiveness see {@link #liveness()}
     * @return the grant
     */
    public Grant withLiveness(LivenessSettings newLiveness) {
        return new Grant(plugin, release, digest, websocket, limits, reconnect, newLiveness, restart, settings);
    }

    /**
     * The same grant with other restart settings.
     *
     * @param newRestart see {@link #restart()}
     * @return the grant
     */
    public Grant withRestart(RestartSettings newRestart) {
        return new Grant(plugin, release, digest, websocket, limits, reconnect, liveness, newRestart, settings);
    }

    /**
     * The same grant with other settings.
     *
     * @param newSettings see {@link #settings()}
     * @return the grant
     */
    public Grant withSettings(Map<String, String> newSettings) {
        return new Grant(plugin, release, digest, websocket, limits, reconnect, liveness, restart, newSettings);
    }

    @Override
    public String toString() {
        return "Grant[plugin=" + plugin + ", release=" + release.orElse("any") + ", digest="
                + digest.map(JarDigest::toString).orElse("none") + ", websocket=" + websocket
                + ", limits=" + limits + ", reconnect=" + reconnect + ", liveness=" + liveness + ", restart=" + restart
                + ", settings="
                + settings.size() + " (not shown)]";
    }

    private static void checkSetting(String name, String value) {
        Objects.requireNonNull(value, "settings must have no null value");
        if (!Require.isName(name)) {
            // Not quoted: a slip such as {token:abc} makes a name of a secret.
            throw new IllegalArgumentException("a setting's name must be " + Require.NAME);
        }
        if (value.length() > MAX_SETTING_LENGTH) {
            throw new IllegalArgumentException("setting " + name + " must have at most " + MAX_SETTING_LENGTH
                    + " characters, has " + value.length());
        }
    }
}
