package io.headgate.host.service;

import io.headgate.host.authority.Authority;
import io.headgate.host.authority.Grant;
import io.headgate.host.authority.GrantFile;
import io.headgate.host.authority.Manifest;
import io.headgate.host.authority.ServiceDeclaration;
import java.util.Optional;
import java.util.function.Supplier;

/** What a service may do at this moment: one authority, replaced as a whole. Any thread. */
final class StandingAuthority implements Supplier<Authority> {

    private final Manifest manifest;
    private final PluginSource source;
    private final ServiceDeclaration declared;
    /** What the service was built with: its bounds and settings stay until the host is built anew. */
    private final Optional<Grant> built;

    private volatile Authority current;
    /** Owned by who replaces. */
    private String detail = "";

    /** A replacement, for the operator. */
    record Replaced(long version, String detail) {}

    StandingAuthority(Manifest manifest, PluginSource source, ServiceDeclaration declared, Optional<Grant> built) {
        this.manifest = manifest;
        this.source = source;
        this.declared = declared;
        this.built = built;
        this.current = source.authority(manifest, declared, built.orElse(null), 1);
    }

    @Override
    public Authority get() {
        return current;
    }

    /** The host replaces one at a time: else two would have the same version. */
    void replace(GrantFile next) {
        Optional<Grant> grant = next.grantFor(manifest);
        current = source.authority(manifest, declared, grant.orElse(null), current.version() + 1);
        detail = grant.map(this::readAgain).orElse("no grant names " + manifest.id());
    }

    /** What to tell of the last replacement, by whoever made it. */
    Replaced replaced() {
        return new Replaced(current.version(), detail);
    }

    private String readAgain(Grant grant) {
        return keepsTheRest(grant)
                ? "its grant was read again"
                : "its grant was read again; limits, reconnect, liveness, restart and settings stay as they were until the"
                        + " host is built anew";
    }

    private boolean keepsTheRest(Grant grant) {
        Grant before = built.orElseGet(() -> Grant.of(manifest.id()));
        return grant.limits().equals(before.limits())
                && grant.reconnect().equals(before.reconnect())
                && grant.liveness().equals(before.liveness())
                && grant.restart().equals(before.restart())
                && grant.settings().equals(before.settings());
    }
}
