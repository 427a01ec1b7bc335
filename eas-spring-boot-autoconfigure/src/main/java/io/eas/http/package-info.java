/**
 * What discovery, probes and calls share: a body that is read whole within a limit, which
 * failures are this machine's own, and how those of the application's listeners are told.
 * Start with {@link io.eas.http.BodyBytes}.
 */
@NullMarked
package io.eas.http;

import org.jspecify.annotations.NullMarked;
