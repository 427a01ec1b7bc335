/**
 * The Actuator endpoint {@code eas}, which shows which instances receive calls, and why.
 * Start with {@link io.eas.actuate.EasEndpoint}.
 */
@NullMarked
package io.eas.actuate;

import org.jspecify.annotations.NullMarked;
