/**
 * Generates a descriptor for a Spring Boot application from the application's settings.
 * Needs Spring Boot on the class path to read these settings; the application's own code
 * is not run. Start with {@link io.eas.deployment.generation.DescriptorGenerator}.
 */
@NullMarked
package io.eas.deployment.generation;

import org.jspecify.annotations.NullMarked;
