/**
 * The instances of a service and the list of them. Start with
 * {@link io.eas.instance.InstanceList}.
 */
@NullMarked
package io.eas.instance;

import org.jspecify.annotations.NullMarked;
