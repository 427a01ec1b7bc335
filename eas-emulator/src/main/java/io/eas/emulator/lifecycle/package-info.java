/**
 * The lifecycle of an instance whose process starts and ends and whose checks succeed and
 * fail: the kubelet's rules as an immutable value without clock and threads, and the
 * workers that trigger checks. Start with {@link io.eas.emulator.lifecycle.Lifecycle},
 * then {@link io.eas.emulator.lifecycle.ProbeWorker}.
 */
@NullMarked
package io.eas.emulator.lifecycle;

import org.jspecify.annotations.NullMarked;
