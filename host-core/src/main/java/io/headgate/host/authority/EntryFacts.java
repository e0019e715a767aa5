package io.headgate.host.authority;

import java.util.LinkedHashMap;
import java.util.Map;

/** What else an entry says, by the keys of the grant file, where it says something. Never a secret. */
final class EntryFacts {

    private EntryFacts() {}

    static Map<String, String> of(WebSocketGrant entry) {
        Map<String, String> facts = new LinkedHashMap<>();
        if (entry.query() != QueryPolicy.DECLARED) {
            facts.put("query", WireNames.of(entry.query()));
        }
        if (!entry.subprotocols().isEmpty()) {
            facts.put("subprotocols", String.join(", ", entry.subprotocols()));
        }
        if (!entry.addresses().equals(AddressPolicy.PUBLIC)) {
            facts.put("addresses", String.join(", ", entry.addresses().ranges()));
        }
        entry.sendBudget().ifPresent(budget -> facts.put("send-budget", budget.toString()));
        if (!entry.tls().isDefault()) {
            facts.put("tls", String.join(", ", entry.tls().facts()));
        }
        if (!entry.headers().isEmpty()) {
            facts.put("headers", String.join(", ", entry.headers().keySet()));
        }
        return facts;
    }
}
