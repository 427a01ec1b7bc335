/**
 * The configuration properties under {@code eas}: binding by Spring Boot, inheritance by
 * services, validation, and conversion to the client's settings. Start with
 * {@link io.eas.properties.EasServicesBinder}. Keys that exclude each other, such as two
 * kinds of probes, are listed in {@code Alternatives}.
 */
@NullMarked
package io.eas.properties;

import org.jspecify.annotations.NullMarked;
