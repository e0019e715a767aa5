package io.headgate.host.service;

/** A service, and what it may do. */
record HostedService(ServiceSupervisor supervisor, StandingAuthority authority) {}
