package io.eas.loadbalancer.prefix;

import java.util.Map;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The header in which an engine reports its load with a response, as in Open Request Cost
 * Aggregation (ORCA). vLLM sends the header only if the request asks for it, and not with
 * streams.
 */
final class LoadHeader {

	static final String FORMAT_NAME = "endpoint-load-metrics-format";

	static final String FORMAT = "JSON";

	static final String NAME = "endpoint-load-metrics";

	/** The maximum length of the value, which no engine exceeds. */
	private static final int MOST = 4096;

	private static final int MANY = 1_000_000;

	private static final JsonMapper JSON = JsonMapper.shared();

	private LoadHeader() {
	}

	/**
	 * Reads the value of the header.
	 * @return the load, or null if the value doesn't contain the number of waiting
	 * requests
	 */
	static @Nullable EngineLoad read(String value) {
		if (!value.startsWith(FORMAT) || value.length() > MOST) {
			return null;
		}
		try {
			@Nullable Report report = JSON.readValue(value.substring(FORMAT.length()), Report.class);
			Double waiting = (report != null && report.metrics() != null) ? report.metrics().get("num_requests_waiting")
					: null;
			return (waiting != null && waiting >= 0 && waiting <= MANY) ? new EngineLoad(waiting.intValue(), -1, -1)
					: null;
		}
		catch (JacksonException ex) {
			// an invalid header is ignored
			return null;
		}
	}

	/** The part of a report that is read. */
	private record Report(@JsonProperty("named_metrics") @Nullable Map<String, @Nullable Double> metrics) {
	}

}
