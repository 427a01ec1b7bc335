package io.eas.emulator.instance;

import io.eas.emulator.net.Listener;

/**
 * One instance: its port, what each request passes, the model behind it, and who starts
 * and ends the model.
 *
 * @param name the instance's name
 * @param backend the model
 * @param front what a request passes before it reaches the model
 * @param listener the port that discovery lists
 * @param life starts and ends the model
 */
public record Instance(String name, Backend backend, Frontend front, Listener listener, InstanceLife life) {
}
