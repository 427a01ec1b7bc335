/**
 * A service as {@code service.json} describes it to EAS: the model, what reads it and
 * what writes it. Start with {@link io.eas.deployment.ServiceDescriptor}.
 */
@NullMarked
package io.eas.deployment;

import org.jspecify.annotations.NullMarked;
