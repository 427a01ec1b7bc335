package io.eas.sample.app;

/**
 * What the model sees in an image; of its answer, the part that this application needs.
 *
 * @param digit the digit, 0 to 9
 * @param confidence how sure it is, 0 to 1
 */
record Digit(int digit, float confidence) {

}
