/**
 * The requirements of EAS for a server: ports and addresses that EAS can reach, probes
 * that respond without a login, and a shutdown that callers don't notice. Start with
 * {@link io.eas.server.Drain}.
 */
@NullMarked
package io.eas.server;

import org.jspecify.annotations.NullMarked;
