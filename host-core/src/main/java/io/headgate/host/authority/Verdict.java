package io.headgate.host.authority;

import java.util.Objects;

/** The answer to a question of whether something may be done. */
public sealed interface Verdict {

    /** It may. */
    record Allowed() implements Verdict {}

    /**
     * It may not.
     *
     * @param rule the rule that refused it
     * @param message what was wrong: the value and the bound, never a secret
     * @param remedy what would allow it
     */
    record Refused(Rule rule, String message, String remedy) implements Verdict {
        /** Checks the components. */
        public Refused {
            Objects.requireNonNull(rule, "rule");
            Objects.requireNonNull(message, "message");
            Objects.requireNonNull(remedy, "remedy");
        }

        /**
         * All there is to say, on one line.
         *
         * @return rule, message and remedy
         */
        public String explanation() {
            return rule.wireName() + ": " + message + "; " + remedy;
        }
    }

    /** The one {@link Allowed}. */
    Verdict ALLOWED = new Allowed();

    /**
     * Refuses.
     *
     * @param rule the rule
     * @param message what was wrong
     * @param remedy what would allow it
     * @return the verdict
     */
    static Verdict refused(Rule rule, String message, String remedy) {
        return new Refused(rule, message, remedy);
    }
}
