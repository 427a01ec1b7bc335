/**
 * A descriptor for a Spring Boot application, from the settings that are in it. Needs
 * Spring Boot on the class path, which reads them; the application's own code is not run.
 * Start with {@link io.eas.deployment.generation.DescriptorGenerator}.
 */
@NullMarked
package io.eas.deployment.generation;

import org.jspecify.annotations.NullMarked;
