/**
 * The port that applications configure as the endpoint. It serves the discovery API, with
 * faults on demand, and the gateway. Of a service, this package knows only the name and
 * the listed instances. Start with {@link io.eas.emulator.discovery.EntryPoint}.
 */
@NullMarked
package io.eas.emulator.discovery;

import org.jspecify.annotations.NullMarked;
