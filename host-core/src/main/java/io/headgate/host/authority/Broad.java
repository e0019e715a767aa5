package io.headgate.host.authority;

import java.util.ArrayList;
import java.util.List;

/** Why an entry of a grant gives more than it looks like. */
final class Broad {

    private Broad() {}

    static List<String> reasons(WebSocketGrant entry) {
        TargetPattern target = entry.target();
        boolean headers = !entry.headers().isEmpty();
        List<String> reasons = new ArrayList<>();
        if (target.isAnyHost()) {
            reasons.add(
                    "`*` is any host: whoever names the URI decides where the host dials, among all `addresses` let through.");
        }
        if (target.isAnyLabels()) {
            reasons.add(
                    "`" + target.host() + "` is every name under that domain, also those that are not there yet, and"
                            + " whoever runs them.");
        }
        if (target.isAnyLabels() && headers) {
            reasons.add("`headers` are sent to every name under that domain that the plugin chooses to dial.");
        }
        if (target.isAnyPath()) {
            reasons.add("`/**` from the root is every path of the host, also those of its other services.");
        }
        if (entry.query() == QueryPolicy.ANY) {
            reasons.add(
                    "`query: any` is whatever the plugin writes there: it tells the peer what it likes with each dial, also without"
                            + " the access `send`.");
        }
        if (entry.query() == QueryPolicy.ANY && headers) {
            reasons.add("`headers` are sent beside whatever query the plugin writes.");
        }
        if (target.scheme().equals("ws")) {
            reasons.add(
                    "`ws://` is not encrypted: who is on the way can read and change all that is said, and be the peer.");
        }
        if (entry.addresses().isTrustedProxy()) {
            reasons.add(
                    "`trusted-proxy` checks no address: the host's proxy resolves the name, and reaches whatever its owner lets"
                            + " it, also addresses within its own network.");
        }
        if (target.scheme().equals("ws") && headers) {
            reasons.add(
                    "`headers` are sent over `ws://` as they are: who is on the way can read them, and use them too.");
        }
        return List.copyOf(reasons);
    }

    /** Whether naming what is asked for would make it narrower. */
    static boolean isOpen(TargetPattern target) {
        return target.isAnyHost() || target.isAnyLabels() || target.isAnyPath();
    }
}
