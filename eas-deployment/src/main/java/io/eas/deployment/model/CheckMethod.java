package io.eas.deployment.model;

import java.util.List;

/**
 * The method of a health check.
 */
public sealed interface CheckMethod {

	/**
	 * {@code http_get}: healthy if a GET returns a status from 200 to 399.
	 *
	 * @param path the path to GET
	 * @param port the port
	 * @param other all other keys
	 */
	record HttpGet(String path, int port, OtherKeys other) implements CheckMethod {
	}

	/**
	 * {@code tcp_socket}: healthy if a connection can be established.
	 *
	 * @param port the port
	 * @param other all other keys
	 */
	record TcpSocket(int port, OtherKeys other) implements CheckMethod {
	}

	/**
	 * {@code exec}: healthy if a command ends with exit code 0.
	 *
	 * @param command the program and its arguments, run without a shell
	 * @param other all other keys
	 */
	record Exec(List<String> command, OtherKeys other) implements CheckMethod {

		/**
		 * Copies the command.
		 */
		public Exec {
			command = List.copyOf(command);
		}

	}

}
