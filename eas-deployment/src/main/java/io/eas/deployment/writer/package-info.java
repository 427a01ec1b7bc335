/**
 * Writes a {@code service.json} in the vendor's layout. Start with
 * {@link io.eas.deployment.writer.DescriptorWriter}.
 */
@NullMarked
package io.eas.deployment.writer;

import org.jspecify.annotations.NullMarked;
