package io.headgate.samples.webflux;

/** A test that adds nothing to the application. */
final class NoBeans {}
