/**
 * Which instance an attempt goes to, over a list that changes: what is tracked of each
 * instance, who is ejected, and the picker of the newest list. Knows the contract of
 * algorithms and none of them. Start with
 * {@link io.eas.loadbalancer.selection.InstanceSelector}.
 */
@NullMarked
package io.eas.loadbalancer.selection;

import org.jspecify.annotations.NullMarked;
