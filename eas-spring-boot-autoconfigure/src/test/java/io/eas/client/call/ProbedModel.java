package io.eas.client.call;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import io.eas.emulator.EmulatedHandler;
import io.eas.emulator.EmulatedRequest;
import io.eas.emulator.EmulatedResponse;
import reactor.core.publisher.Mono;

/**
 * A model that says on {@code /readyz} whether it is ready, and fails calls while it
 * isn't.
 */
final class ProbedModel implements EmulatedHandler {

	static final String PATH = "/readyz";

	private final AtomicInteger calls = new AtomicInteger();

	private final List<EmulatedRequest> probes = new CopyOnWriteArrayList<>();

	private volatile boolean ready;

	private volatile boolean modest;

	ProbedModel(boolean ready) {
		this.ready = ready;
	}

	void setReady(boolean ready) {
		this.ready = ready;
	}

	/** Says that it isn't ready, whatever it is. */
	void setModest(boolean modest) {
		this.modest = modest;
	}

	/** The calls that came, probes not counted. */
	int calls() {
		return this.calls.get();
	}

	List<EmulatedRequest> probes() {
		return new ArrayList<>(this.probes);
	}

	@Override
	public Mono<EmulatedResponse> handle(EmulatedRequest request) {
		if (request.path().equals(PATH)) {
			this.probes.add(request);
			return answer(this.ready && !this.modest, "ready");
		}
		if (!request.path().startsWith("/api/")) {
			return Mono.just(EmulatedResponse.text(404, "there is no such path"));
		}
		this.calls.incrementAndGet();
		return answer(this.ready, "ok");
	}

	private static Mono<EmulatedResponse> answer(boolean ready, String text) {
		return Mono.just(ready ? EmulatedResponse.text(200, text) : EmulatedResponse.text(500, "not ready"));
	}

}
