/**
 * A service as described by {@code service.json}, valid or not. Start with
 * {@link io.eas.deployment.model.ServiceDescriptor}.
 */
@NullMarked
package io.eas.deployment.model;

import org.jspecify.annotations.NullMarked;
