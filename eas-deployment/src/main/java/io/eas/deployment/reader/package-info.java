/**
 * Reads a {@code service.json} and reports every error of its structure at once. Start
 * with {@link io.eas.deployment.reader.DescriptorReader}.
 */
@NullMarked
package io.eas.deployment.reader;

import org.jspecify.annotations.NullMarked;
