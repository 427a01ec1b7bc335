/**
 * The client and its peers, each configured as its users would configure it. Start with
 * {@link io.eas.benchmarks.clients.Client}.
 */
@NullMarked
package io.eas.benchmarks.clients;

import org.jspecify.annotations.NullMarked;
