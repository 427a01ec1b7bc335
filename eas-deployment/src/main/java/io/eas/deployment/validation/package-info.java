/**
 * The rules that a service must follow to work on EAS. Start with
 * {@link io.eas.deployment.validation.DescriptorValidator}, which lists the classes of
 * rules.
 */
@NullMarked
package io.eas.deployment.validation;

import org.jspecify.annotations.NullMarked;
