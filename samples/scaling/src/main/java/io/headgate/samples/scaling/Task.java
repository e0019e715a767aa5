package io.headgate.samples.scaling;

import io.headgate.plugin.IngressEvent.Text;
import io.headgate.plugin.OutputCommand;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text of the gateway, {@code <key> <number> <what to do>}.
 *
 * @param text the event
 * @param key what it belongs to
 * @param number its place among the texts of its key, one more than that of the one before, within a session
 * @param content what to do
 * @param gaps how many Gaps this incarnation was told before it
 */
record Task(Text text, String key, long number, String content, long gaps) {

    private static final Pattern FORM = Pattern.compile("(\\S{1,64}) (\\d{1,18}) (.*)", Pattern.DOTALL);

    static Optional<Task> read(Text text, long gaps) {
        Matcher read = FORM.matcher(text.text());
        return read.matches()
                ? Optional.of(new Task(text, read.group(1), Long.parseLong(read.group(2)), read.group(3), gaps))
                : Optional.empty();
    }

    OutputCommand done() {
        return text.reply("done " + key + " " + number);
    }

    OutputCommand failed() {
        return text.reply("failed " + key + " " + number);
    }

    /** The texts of this key from that number to the one before this have not come. */
    OutputCommand missed(long from) {
        return text.reply("missed " + key + " " + from + " " + (number - 1));
    }

    /** Never shows what the gateway said. */
    @Override
    public String toString() {
        return "Task[" + text.id() + "]";
    }
}
