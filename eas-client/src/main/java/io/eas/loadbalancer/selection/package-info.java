/**
 * The selection of the instance for each attempt, from a list that changes: the tracked
 * state of each instance, the ejections, and the picker of the current list. This package
 * knows the contract of algorithms, but none of them. Start with
 * {@link io.eas.loadbalancer.selection.InstanceSelector}.
 */
@NullMarked
package io.eas.loadbalancer.selection;

import org.jspecify.annotations.NullMarked;
