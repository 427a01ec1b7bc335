/**
 * What a service's health checks will do, in words and as a timeline, for people. Pure:
 * from a descriptor to text. Start with
 * {@link io.eas.deployment.explanation.Explanation}; the numbers come from
 * {@code CheckSchedule}.
 */
@NullMarked
package io.eas.deployment.explanation;

import org.jspecify.annotations.NullMarked;
