/**
 * What a server on EAS must keep to: ports and addresses that EAS can reach, probes that
 * answer without a login, and an end that no caller notices. Start with
 * {@link io.eas.server.Drain}.
 */
@NullMarked
package io.eas.server;

import org.jspecify.annotations.NullMarked;
