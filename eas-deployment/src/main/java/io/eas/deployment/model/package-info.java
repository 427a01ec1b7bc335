/**
 * A service as {@code service.json} describes it to EAS, right or wrong. Start with
 * {@link io.eas.deployment.model.ServiceDescriptor}.
 */
@NullMarked
package io.eas.deployment.model;

import org.jspecify.annotations.NullMarked;
