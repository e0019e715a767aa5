package io.headgate.host.service;

import io.headgate.host.authority.Target;
import io.headgate.host.command.SendTokens;
import io.headgate.host.command.TokenWait;

/** Holds the tokens of one connection, over all its sessions, to the budgets that its authority gives. Any thread. */
final class SendLimit {

    private final Permission permission;
    private final SendTokens tokens;

    SendLimit(Permission permission) {
        this.permission = permission;
        this.tokens = new SendTokens(
                permission.service().timer(),
                permission.service().settings().commands().budgetWait());
    }

    /** One at a time, so that whoever comes last has asked the newest authority. While nothing may be sent, what was used stays. */
    synchronized SendTokens towards(Target target) {
        permission.sendBudgets(target).ifPresent(tokens::use);
        return tokens;
    }

    TokenWait waited() {
        return tokens.waited();
    }
}
