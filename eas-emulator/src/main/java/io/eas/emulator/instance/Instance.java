package io.eas.emulator.instance;

import io.eas.emulator.net.Listener;

/**
 * The components of one instance.
 *
 * @param name the instance's name
 * @param backend the model
 * @param front handles each request before it reaches the model
 * @param listener the port that discovery lists
 * @param life starts and ends the model
 */
public record Instance(String name, Backend backend, Frontend front, Listener listener, InstanceLife life) {
}
