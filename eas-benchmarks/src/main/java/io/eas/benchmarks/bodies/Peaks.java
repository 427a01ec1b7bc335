package io.eas.benchmarks.bodies;

/**
 * The peaks of a process's memory in bytes.
 *
 * @param heap the memory on the heap, garbage included
 * @param live the memory on the heap after a garbage collection; 0 if there was none
 * @param direct the memory off the heap, in Netty's and Java's buffers
 * @param resident the resident memory of the process; 0 if unknown
 */
record Peaks(long heap, long live, long direct, long resident) {

}
