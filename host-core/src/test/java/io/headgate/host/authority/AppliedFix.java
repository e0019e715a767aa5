package io.headgate.host.authority;

import java.util.ArrayList;
import java.util.List;

/** Does to a grant file what a {@link Fix} says, with what the reader makes of its YAML. */
final class AppliedFix {

    private AppliedFix() {}

    static GrantFile to(GrantFile file, String plugin, Fix fix) {
        List<Grant> grants = new ArrayList<>(file.grants());
        switch (fix.action()) {
            case ADD_GRANT -> grants.add(written(fix));
            case REMOVE_GRANT -> grants.removeIf(grant -> grant.plugin().equals(plugin));
            default -> grants.replaceAll(grant -> grant.plugin().equals(plugin) ? changed(grant, fix) : grant);
        }
        return new GrantFile(grants);
    }

    private static Grant changed(Grant grant, Fix fix) {
        if (fix.action() == Fix.Action.SET_RELEASE) {
            return grant.withRelease(written(fix).release().orElseThrow());
        }
        List<WebSocketGrant> entries = new ArrayList<>(grant.websocket());
        fix.entry().ifPresent(entries::remove);
        if (!fix.yaml().isEmpty()) {
            entries.addAll(written(fix).websocket());
        }
        return grant.withWebsocket(entries);
    }

    private static Grant written(Fix fix) {
        return GrantFile.parse("grants.yaml", "version: 1\ngrants:\n" + fix.yaml(), new UnreadReferences())
                .grants()
                .get(0);
    }
}
