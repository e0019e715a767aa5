package io.headgate.host.authority;

/** A place in a file, counted from 1. */
record Position(int line, int column) {

    static final Position START = new Position(1, 1);

    @Override
    public String toString() {
        return line + ":" + column;
    }
}
