/**
 * HTTP on ports of this machine: listeners that can be closed and opened again on the
 * same port, and the forwarding of requests. This package doesn't depend on EAS. Start
 * with {@link io.eas.emulator.net.Listener}, then {@link io.eas.emulator.net.Forwarder}.
 */
@NullMarked
package io.eas.emulator.net;

import org.jspecify.annotations.NullMarked;
