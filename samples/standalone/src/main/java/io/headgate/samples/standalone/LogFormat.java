package io.headgate.samples.standalone;

/** How the log is written. */
enum LogFormat {
    /** A line for who reads it. */
    TEXT,
    /** A JSON object a line, for who ships it. */
    JSON
}
