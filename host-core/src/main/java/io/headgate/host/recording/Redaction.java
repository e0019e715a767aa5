package io.headgate.host.recording;

import io.headgate.host.json.JsonMembers;
import io.headgate.plugin.OutputCommand;
import java.net.URI;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * What of a recording is left out, by the operator's choice. There is no default: a recording holds what was said, and who has it
 * recorded says what must not be in it.
 *
 * <p>What to implement is {@link #text}, and {@link #uri} where its default leaves out too much. They are asked on the recorder's thread, for the text of each {@code Text} and {@code SendText}, the URI of each {@code Open}, and
 * whatever is said in words: reasons, messages, why. What it throws keeps the entry out
 * of the recording, where it is counted as missing. Names, numbers, kinds, rules and ids of commands stay.
 */
public interface Redaction {

    /** What stands where something was left out. */
    String REDACTED = "[redacted]";

    /**
     * What is recorded of a text.
     *
     * @param text what was said
     * @return what to record in its place
     */
    String text(String text);

    /**
     * What is recorded of a URI.
     *
     * @param uri as the plugin gave it
     * @return what to record in its place; by default its scheme, host and port
     */
    default String uri(String uri) {
        try {
            URI given = URI.create(uri);
            String port = given.getPort() < 0 ? "" : ":" + given.getPort();
            boolean isSocket = "ws".equals(given.getScheme()) || "wss".equals(given.getScheme());
            return given.getHost() == null || !isSocket
                    ? REDACTED
                    : given.getScheme() + "://" + given.getHost() + port + "/" + REDACTED;
        } catch (IllegalArgumentException malformed) {
            return REDACTED;
        }
    }

    /**
     * What is recorded of a command; for a replay that compares with a recording from which the same was left out:
     * {@code replay.comparing(redaction::command)}.
     *
     * @param command as the plugin made it
     * @return the command, with what is left out left out
     */
    default OutputCommand command(OutputCommand command) {
        return new Redacted(this).command(command);
    }

    /**
     * Records everything as it was.
     *
     * @return leaves nothing out
     */
    static Redaction nothing() {
        return new Redaction() {
            @Override
            public String text(String text) {
                return text;
            }

            @Override
            public String uri(String uri) {
                return uri;
            }
        };
    }

    /**
     * Records no text at all: when something was said, how long it was, and on which session.
     *
     * @return leaves out every text
     */
    static Redaction texts() {
        return text -> REDACTED;
    }

    /**
     * Leaves out the values of some members of texts that are JSON objects or lists, at whatever depth. A text that has one of them is
     * recorded in another spelling; one that has none, as it was; one that is neither, is deeper than 64, has more than 100,000 tokens, or
     * has a name twice, not at all.
     * JSON within a string of JSON is not looked into.
     *
     * @param names of the members; capital and small letters are the same
     * @return leaves out these
     * @throws IllegalArgumentException if there is no name
     */
    static Redaction members(Set<String> names) {
        UnaryOperator<String> members = new JsonMembers(names, REDACTED);
        return members::apply;
    }
}
