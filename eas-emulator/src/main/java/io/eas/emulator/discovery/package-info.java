/**
 * The port that applications configure as the endpoint: the discovery API with its
 * faults, and the gateway. This package sees services only as names with listed
 * instances. Start with {@link io.eas.emulator.discovery.EntryPoint}.
 */
@NullMarked
package io.eas.emulator.discovery;

import org.jspecify.annotations.NullMarked;
