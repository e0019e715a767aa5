package io.headgate.host.loading;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLDecoder;
import java.net.URLStreamHandler;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * URLs of what is in a jar in memory: {@code headgate-jar:/<digest>!/<entry>}. They lead to the bytes, also when the plugin is
 * gone, and hold nothing else of it. The scheme is registered nowhere, so the text of such a URL leads nowhere.
 */
final class EntryUrls extends URLStreamHandler {

    private static final String SCHEME = "headgate-jar";
    private static final int SHOWN_DIGITS = 12;

    private final String root;
    private final JarContents contents;

    EntryUrls(PluginJar jar) {
        this.root = "/" + jar.digest().sha256().substring(0, SHOWN_DIGITS) + "!/";
        this.contents = jar.contents();
    }

    /** The URL of a file in the jar; null where there is none. */
    @Nullable
    URL find(String name) {
        return contents.find(name) == null ? null : url(name);
    }

    /** Where the code comes from. */
    URL root() {
        return url("");
    }

    private URL url(String name) {
        try {
            return new URL(SCHEME, "", -1, new URI(null, null, root + name, null).getRawPath(), this);
        } catch (MalformedURLException | URISyntaxException impossible) {
            throw new IllegalStateException("a path with its characters encoded is a path", impossible);
        }
    }

    @Override
    protected URLConnection openConnection(URL url) throws IOException {
        String path = decoded(url.getPath());
        byte[] content = path.startsWith(root) ? contents.find(path.substring(root.length())) : null;
        if (content == null) {
            throw new IOException("no such entry: " + url);
        }
        return new Entry(url, content);
    }

    private static String decoded(String path) throws IOException {
        try {
            // A plus is a plus in a path.
            return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw new IOException("malformed path", malformed);
        }
    }

    private static final class Entry extends URLConnection {

        private final byte[] content;

        Entry(URL url, byte[] content) {
            super(url);
            this.content = content;
        }

        @Override
        public void connect() {
            connected = true;
        }

        @Override
        public InputStream getInputStream() {
            return new ByteArrayInputStream(content);
        }

        @Override
        public long getContentLengthLong() {
            return content.length;
        }

        @Override
        public int getContentLength() {
            return content.length;
        }
    }
}
