/**
 * What discovery and calls share on the wire: a body that is read whole within a limit.
 * Start with {@link io.eas.http.BodyBytes}.
 */
@NullMarked
package io.eas.http;

import org.jspecify.annotations.NullMarked;
