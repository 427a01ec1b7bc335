/**
 * Application events about the instances of services. Start reading at
 * {@link io.eas.event.EasEvent}.
 */
@NullMarked
package io.eas.event;

import org.jspecify.annotations.NullMarked;
