/**
 * Sockets of one machine: listeners that can be taken away and brought back, and the
 * forwarding of requests. Knows nothing of EAS. Start with
 * {@link io.eas.emulator.net.Listener}, then {@link io.eas.emulator.net.Forwarder}.
 */
@NullMarked
package io.eas.emulator.net;

import org.jspecify.annotations.NullMarked;
