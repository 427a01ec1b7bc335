/**
 * The only package that knows Spring Boot's configuration: {@code eas.*} properties, what
 * is wrong with them, and the beans. Start with
 * {@link io.eas.autoconfigure.EasAutoConfiguration}.
 */
@NullMarked
package io.eas.autoconfigure;

import org.jspecify.annotations.NullMarked;
