package io.headgate.plugin;

import java.util.Objects;

/**
 * What a service asks its host to do.
 *
 * <p>Each command names the session it is for, {@code (connection, epoch)}; an epoch of {@link #CURRENT_EPOCH} means the
 * session that is open when the host receives the command. The id is the plugin's or {@link #HOST_ASSIGNED_ID}. One of the
 * plugin's has at most 64 characters, is not blank, does not begin with {@code #}, holds no control or format character, line
 * separator, lone surrogate or unassigned code point, and is unique among the plugin's undecided commands. A command that is out of bounds is refused by the host with an
 * outcome: making one never throws but for {@code null}. {@code toString} never shows what is to be sent.
 */
public sealed interface OutputCommand {

    /** An id of this value is replaced by one of the host's. */
    String HOST_ASSIGNED_ID = "";

    /** An epoch of this value is replaced by that of the session which is open at that moment. */
    long CURRENT_EPOCH = 0;

    /**
     * The command's id.
     *
     * @return the plugin's own, or {@link #HOST_ASSIGNED_ID}
     */
    String id();

    /**
     * The same command under an id of the plugin's choice.
     *
     * @param newId at most 64 printable characters, not beginning with {@code #}, and unique among the undecided commands
     * @return the command
     */
    OutputCommand withId(String newId);

    /**
     * The connection it is for.
     *
     * @return the name, as the manifest declares it; empty where the command is for none
     */
    String connection();

    /**
     * The session it is for.
     *
     * @return the epoch, or {@link #CURRENT_EPOCH}
     */
    long epoch();

    /**
     * Sends a text on the session that is open.
     *
     * @param connection the connection's name
     * @param text the text
     * @return the command
     */
    static SendText sendText(String connection, String text) {
        return new SendText(HOST_ASSIGNED_ID, connection, CURRENT_EPOCH, text);
    }

    /**
     * Closes the session that is open.
     *
     * @param connection the connection's name
     * @param code 1000, 1001, or 3000 to 4999
     * @param reason at most 123 bytes of UTF-8
     * @return the command
     */
    static Close close(String connection, int code, String reason) {
        return new Close(HOST_ASSIGNED_ID, connection, CURRENT_EPOCH, code, reason);
    }

    /**
     * Dials a connection that is down.
     *
     * @param connection the connection's name
     * @return the command
     */
    static Reconnect reconnect(String connection) {
        return new Reconnect(HOST_ASSIGNED_ID, connection, CURRENT_EPOCH);
    }

    /**
     * Dials a connection that is down, at another address under its granted pattern.
     *
     * @param connection the connection's name
     * @param uri a {@code ws} or {@code wss} URI
     * @return the command
     */
    static Open open(String connection, String uri) {
        return new Open(HOST_ASSIGNED_ID, connection, CURRENT_EPOCH, uri);
    }

    /**
     * Tells the operator how the service is.
     *
     * @param health how it is
     * @param message why, for the operator; cut at 256 characters
     * @return the command
     */
    static ReportStatus reportStatus(Health health, String message) {
        return new ReportStatus(HOST_ASSIGNED_ID, health, message);
    }

    /**
     * Sends one text message. Needs access {@code send}.
     *
     * @param id see {@link OutputCommand#id()}
     * @param connection see {@link OutputCommand#connection()}
     * @param epoch see {@link OutputCommand#epoch()}
     * @param text the message; valid UTF-16, and in UTF-8 no longer than the connection's largest message
     * @param confirm whether the service wants an {@link IngressEvent.CommandSent} once it is sent; default no
     */
    record SendText(String id, String connection, long epoch, String text, boolean confirm) implements OutputCommand {
        /** Checks for nulls. */
        public SendText {
            checkNames(id, connection);
            Objects.requireNonNull(text, "text");
        }

        /**
         * Sends one text message, without confirmation.
         *
         * @param id see {@link OutputCommand#id()}
         * @param connection see {@link OutputCommand#connection()}
         * @param epoch see {@link OutputCommand#epoch()}
         * @param text the message
         */
        public SendText(String id, String connection, long epoch, String text) {
            this(id, connection, epoch, text, false);
        }

        @Override
        public SendText withId(String newId) {
            return new SendText(newId, connection, epoch, text, confirm);
        }

        /**
         * The same command, answered with an {@link IngressEvent.CommandSent} once it is sent.
         *
         * @return the command
         */
        public SendText confirmed() {
            return new SendText(id, connection, epoch, text, true);
        }

        @Override
        public String toString() {
            return "SendText[" + session(this) + ", " + text.length() + " characters]";
        }
    }

    /**
     * Closes a session, after all that was sent before. Nothing is sent on that session afterwards. The host dials the connection
     * again, as after any other end, unless it was granted for the plugin to ask.
     *
     * @param id see {@link OutputCommand#id()}
     * @param connection see {@link OutputCommand#connection()}
     * @param epoch see {@link OutputCommand#epoch()}
     * @param code 1000, 1001, or 3000 to 4999 (RFC 6455, section 7.4)
     * @param reason at most 123 bytes of UTF-8; a text that leaves, so it takes the access {@code send}; empty for none
     */
    record Close(String id, String connection, long epoch, int code, String reason) implements OutputCommand {
        /** Checks for nulls. */
        public Close {
            checkNames(id, connection);
            Objects.requireNonNull(reason, "reason");
        }

        @Override
        public Close withId(String newId) {
            return new Close(newId, connection, epoch, code, reason);
        }

        @Override
        public String toString() {
            return "Close[" + session(this) + ", code " + code + "]";
        }
    }

    /**
     * Dials a connection that is down. Carried out when the dial has begun.
     *
     * @param id see {@link OutputCommand#id()}
     * @param connection see {@link OutputCommand#connection()}
     * @param epoch the session that ended, or {@link OutputCommand#CURRENT_EPOCH} for whichever was last
     */
    record Reconnect(String id, String connection, long epoch) implements OutputCommand {
        /** Checks for nulls. */
        public Reconnect {
            checkNames(id, connection);
        }

        @Override
        public Reconnect withId(String newId) {
            return new Reconnect(newId, connection, epoch);
        }
    }

    /**
     * Dials a connection that is down, at a URI under its granted pattern: for gateways that hand out rotating addresses.
     * Carried out when the dial has begun.
     *
     * @param id see {@link OutputCommand#id()}
     * @param connection see {@link OutputCommand#connection()}
     * @param epoch the session that ended, or {@link OutputCommand#CURRENT_EPOCH} for whichever was last
     * @param uri a {@code ws} or {@code wss} URI
     */
    record Open(String id, String connection, long epoch, String uri) implements OutputCommand {
        /** Checks for nulls. */
        public Open {
            checkNames(id, connection);
            Objects.requireNonNull(uri, "uri");
        }

        @Override
        public Open withId(String newId) {
            return new Open(newId, connection, epoch, uri);
        }

        @Override
        public String toString() {
            return "Open[" + session(this) + ", URI of " + uri.length() + " characters]";
        }
    }

    /**
     * Tells the operator how the service is. For the service as a whole, so its connection is empty.
     *
     * @param id see {@link OutputCommand#id()}
     * @param health how it is
     * @param message why, for the operator; cut at 256 characters
     */
    record ReportStatus(String id, Health health, String message) implements OutputCommand {
        /** Checks for nulls. */
        public ReportStatus {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(health, "health");
            Objects.requireNonNull(message, "message");
        }

        @Override
        public ReportStatus withId(String newId) {
            return new ReportStatus(newId, health, message);
        }

        @Override
        public String connection() {
            return "";
        }

        @Override
        public long epoch() {
            return CURRENT_EPOCH;
        }

        @Override
        public String toString() {
            return "ReportStatus[" + id + ", " + health + ", " + message.length() + " characters]";
        }
    }

    private static void checkNames(String id, String connection) {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(connection, "connection");
    }

    private static String session(OutputCommand command) {
        return command.id() + " for " + command.connection() + "/" + command.epoch();
    }
}
