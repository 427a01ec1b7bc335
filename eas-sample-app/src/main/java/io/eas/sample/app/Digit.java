package io.eas.sample.app;

/**
 * The digit that the model recognizes in an image: the part of the model's response that
 * this application needs.
 *
 * @param digit the digit, 0 to 9
 * @param confidence the model's confidence, 0 to 1
 */
record Digit(int digit, float confidence) {

}
