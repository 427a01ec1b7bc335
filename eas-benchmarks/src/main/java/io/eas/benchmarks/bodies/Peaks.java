package io.eas.benchmarks.bodies;

/**
 * The most memory that a process took at a time, each in bytes.
 *
 * @param heap on the heap, garbage included
 * @param live on the heap after a collection of garbage; 0 if there was none
 * @param direct outside of the heap, in Netty's buffers and Java's own
 * @param resident of the process, as the system counts; 0 where it doesn't tell
 */
record Peaks(long heap, long live, long direct, long resident) {

}
