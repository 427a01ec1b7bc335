/**
 * What becomes of an instance as its process starts and ends, and its checks succeed and
 * fail: the kubelet's rules as a value without clock and threads, and the workers that
 * ask for checks when they are due. Start with
 * {@link io.eas.emulator.lifecycle.Lifecycle}, then
 * {@link io.eas.emulator.lifecycle.ProbeWorker}.
 */
@NullMarked
package io.eas.emulator.lifecycle;

import org.jspecify.annotations.NullMarked;
