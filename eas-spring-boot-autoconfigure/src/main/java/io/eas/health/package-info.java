/**
 * How fresh the lists are, for Actuator. Reads memory only. Start with
 * {@link io.eas.health.EasHealthContributor}.
 */
@NullMarked
package io.eas.health;

import org.jspecify.annotations.NullMarked;
