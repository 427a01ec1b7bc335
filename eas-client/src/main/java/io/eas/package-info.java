/**
 * The entry for programs without Spring: start with {@link io.eas.Eas}.
 */
@NullMarked
package io.eas;

import org.jspecify.annotations.NullMarked;
