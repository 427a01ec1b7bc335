package io.eas.emulator;

import io.eas.test.ScriptedServer;

/**
 * A model as a process that answers as a wire fuzz has it.
 */
public final class ScriptedModel {

	private ScriptedModel() {
	}

	static String[] command(long seed) {
		return TestModel.java(ScriptedModel.class, String.valueOf(seed));
	}

	public static void main(String[] args) throws Exception {
		try (ScriptedServer server = ScriptedServer.start(Long.parseLong(args[0]),
				Integer.parseInt(System.getenv("PORT")))) {
			System.out.println("listening on " + server.ports());
			Thread.currentThread().join();
		}
	}

}
