/**
 * The lifecycle of an instance by the kubelet's rules: an immutable state machine without
 * a clock or threads, and the workers that trigger its checks. Start with
 * {@link io.eas.emulator.lifecycle.Lifecycle}, then
 * {@link io.eas.emulator.lifecycle.ProbeWorker}.
 */
@NullMarked
package io.eas.emulator.lifecycle;

import org.jspecify.annotations.NullMarked;
