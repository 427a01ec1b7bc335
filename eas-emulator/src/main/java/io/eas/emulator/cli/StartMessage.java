package io.eas.emulator.cli;

import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

import io.eas.emulator.EasEmulator;
import io.eas.emulator.EmulatedInstance;
import io.eas.emulator.EmulatedService;
import org.jspecify.annotations.Nullable;

/**
 * The text that is printed once all instances are ready.
 */
final class StartMessage {

	private StartMessage() {
	}

	static void print(EasEmulator emulator, @Nullable String tokenVariable, PrintWriter out) {
		out.println("EAS on this machine");
		out.println("  endpoint  " + emulator.endpoint() + "  (discovery and gateway)");
		out.println("  admin     http://127.0.0.1:" + emulator.adminPort() + "/services");
		for (EmulatedService service : emulator.services()) {
			out.println("  service   " + service.name());
			service.instances().forEach((instance) -> out.println("    " + describe(instance)));
			out.println("Try:");
			tryThese(emulator, service, tokenVariable, out);
		}
		out.println("Ctrl-C ends everything.");
		out.flush();
	}

	private static String describe(EmulatedInstance instance) {
		String runs = instance.pid().isPresent() ? "pid " + instance.pid().getAsLong() : "in this JVM";
		return instance.name() + "  " + instance.address() + "  weight " + instance.weight() + "  " + runs;
	}

	private static void tryThese(EasEmulator emulator, EmulatedService service, @Nullable String tokenVariable,
			PrintWriter out) {
		String endpoint = "  curl http://" + emulator.endpoint();
		out.println(endpoint + "/exported/apis/eas.alibaba-inc.k8s.io/v1/upstreams/" + service.name());
		out.println(endpoint + "/api/predict/" + service.name() + " -H 'Content-Type: application/json' -d '{\"n\":1}'"
				+ ((tokenVariable != null) ? " -H \"Authorization: $" + tokenVariable + '"' : ""));
		out.println("  curl -X POST -H X-Eas-Admin:1 http://127.0.0.1:" + emulator.adminPort() + "/services/"
				+ URLEncoder.encode(service.name(), StandardCharsets.UTF_8) + "/instances/0/kill");
	}

}
