/**
 * The Actuator endpoint {@code eas}, which shows the instances that calls go to, and why.
 * Start with {@link io.eas.actuate.EasEndpoint}.
 */
@NullMarked
package io.eas.actuate;

import org.jspecify.annotations.NullMarked;
