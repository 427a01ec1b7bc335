/**
 * The client and its peers, each as its users would set it up. Start with
 * {@link io.eas.benchmarks.clients.Client}.
 */
@NullMarked
package io.eas.benchmarks.clients;

import org.jspecify.annotations.NullMarked;
