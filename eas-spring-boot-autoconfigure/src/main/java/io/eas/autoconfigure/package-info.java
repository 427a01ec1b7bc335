/**
 * The auto-configurations: beans of the client and around it, and what an application is
 * told that can't start. Start with {@link io.eas.autoconfigure.EasAutoConfiguration}.
 */
@NullMarked
package io.eas.autoconfigure;

import org.jspecify.annotations.NullMarked;
