/**
 * Health indicators for Actuator, which show the age of the lists of instances. They
 * never block. Start with {@link io.eas.health.EasHealthContributor}.
 */
@NullMarked
package io.eas.health;

import org.jspecify.annotations.NullMarked;
