/**
 * The local EAS in a container. Start with {@link io.eas.test.container.EasContainer}.
 */
@NullMarked
package io.eas.test.container;

import org.jspecify.annotations.NullMarked;
