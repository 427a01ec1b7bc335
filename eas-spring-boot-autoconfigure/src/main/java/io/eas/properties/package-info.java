/**
 * {@code eas.*} as it stands in the configuration: bound by Spring Boot, inherited by
 * services, checked, and made into the client's settings. Start with
 * {@link io.eas.properties.EasServicesBinder}; keys that exclude each other, such as two
 * kinds of probes, are in {@code Alternatives}.
 */
@NullMarked
package io.eas.properties;

import org.jspecify.annotations.NullMarked;
