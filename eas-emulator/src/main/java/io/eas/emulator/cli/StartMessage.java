package io.eas.emulator.cli;

import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

import io.eas.emulator.EasEmulator;
import io.eas.emulator.EmulatedInstance;
import io.eas.emulator.EmulatedService;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The text that is printed once all instances are ready.
 */
final class StartMessage {

	private StartMessage() {
	}

	static void print(EasEmulator emulator, @Nullable String tokenVariable, @Nullable String llm, PrintWriter out) {
		out.println("EAS on this machine");
		out.println("  endpoint  " + emulator.endpoint() + "  (discovery and gateway)");
		out.println("  page      http://127.0.0.1:" + emulator.adminPort() + "/  (see it, and break it)");
		out.println("  admin     http://127.0.0.1:" + emulator.adminPort() + "/services");
		for (EmulatedService service : emulator.services()) {
			out.println("  service   " + service.name());
			service.instances().forEach((instance) -> out.println("    " + describe(instance)));
			out.println("Try:");
			tryThese(emulator, service, tokenVariable, llm, out);
		}
		out.println("Ctrl-C ends everything.");
		out.flush();
	}

	private static String describe(EmulatedInstance instance) {
		String runs = instance.pid().isPresent() ? "pid " + instance.pid().getAsLong() : "in this JVM";
		return instance.name() + "  " + instance.address() + "  weight " + instance.weight() + "  " + runs;
	}

	private static void tryThese(EasEmulator emulator, EmulatedService service, @Nullable String tokenVariable,
			@Nullable String llm, PrintWriter out) {
		String endpoint = "http://" + emulator.endpoint();
		String call = (llm != null) ? "/v1/chat/completions" : "";
		String body = (llm != null) ? chat(llm) : "{\"n\":1}";
		out.println("  curl " + endpoint + "/exported/apis/eas.alibaba-inc.k8s.io/v1/upstreams/" + service.name());
		out.println("  curl " + ((llm != null) ? "-N " : "") + endpoint + "/api/predict/" + service.name() + call
				+ " -H 'Content-Type: application/json' -d '" + body + "'"
				+ ((tokenVariable != null) ? " -H \"Authorization: $" + tokenVariable + '"' : ""));
		out.println("  curl -X POST -H X-Eas-Admin:1 http://127.0.0.1:" + emulator.adminPort() + "/services/"
				+ URLEncoder.encode(service.name(), StandardCharsets.UTF_8) + "/instances/0/kill");
	}

	private static String chat(String model) {
		ObjectNode chat = JsonMapper.shared().createObjectNode().put("model", model).put("stream", true);
		chat.putArray("messages").addObject().put("role", "user").put("content", "hello");
		return chat.toString();
	}

}
