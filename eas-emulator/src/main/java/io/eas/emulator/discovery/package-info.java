/**
 * The one port that applications know as the endpoint: the discovery API with its faults,
 * and the gateway. Sees services only by name and listed instances. Start with
 * {@link io.eas.emulator.discovery.EntryPoint}.
 */
@NullMarked
package io.eas.emulator.discovery;

import org.jspecify.annotations.NullMarked;
