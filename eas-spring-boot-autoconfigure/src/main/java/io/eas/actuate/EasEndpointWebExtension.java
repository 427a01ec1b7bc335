package io.eas.actuate;

import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;
import org.springframework.format.datetime.standard.DurationFormatterUtils;

/**
 * Answers refused requests of {@link EasEndpoint} with a status and a body that contains
 * the reason: 404 for an unknown service or instance, 409 if the change isn't possible,
 * 400 for a wrong argument. Arguments are strings here, so that this class can report a
 * value that can't be converted. Thread-safe.
 */
@EndpointWebExtension(endpoint = EasEndpoint.class)
public class EasEndpointWebExtension {

	private static final int CONFLICT = 409;

	private final EasEndpoint endpoint;

	/**
	 * Creates the extension.
	 * @param endpoint the endpoint that makes the changes
	 */
	public EasEndpointWebExtension(EasEndpoint endpoint) {
		this.endpoint = endpoint;
	}

	/** See {@link EasEndpoint#service}. */
	@ReadOperation
	public @Nullable WebEndpointResponse<Object> service(@Selector String alias, @Nullable String picks) {
		try {
			EasEndpoint.ServiceDescriptor service = this.endpoint.service(alias, number(picks));
			return (service != null) ? new WebEndpointResponse<>(service) : null;
		}
		catch (InvalidEndpointRequestException ex) {
			return refusal(WebEndpointResponse.STATUS_BAD_REQUEST, ex);
		}
	}

	private static @Nullable Integer number(@Nullable String picks) {
		try {
			return (picks != null) ? Integer.valueOf(picks) : null;
		}
		catch (NumberFormatException ex) {
			throw EasEndpoint.wrong("picks must be a number, was '" + picks + "'");
		}
	}

	/** See {@link EasEndpoint#refresh}. */
	@WriteOperation
	public WebEndpointResponse<Object> refresh(@Selector String alias) {
		return response(() -> this.endpoint.refresh(alias));
	}

	/** See {@link EasEndpoint#eject}. */
	@WriteOperation
	public WebEndpointResponse<Object> eject(@Selector String alias, @Selector String address, @Nullable String time) {
		return response(() -> this.endpoint.eject(alias, address, duration(time)));
	}

	private static @Nullable Duration duration(@Nullable String time) {
		try {
			return (time != null) ? DurationFormatterUtils.detectAndParse(time) : null;
		}
		catch (IllegalArgumentException ex) {
			throw EasEndpoint.wrong("time must be a duration such as 10m, was '" + time + "'");
		}
	}

	/** See {@link EasEndpoint#restore}. */
	@DeleteOperation
	public WebEndpointResponse<Object> restore(@Selector String alias, @Selector String address) {
		return response(() -> this.endpoint.restore(alias, address));
	}

	private static WebEndpointResponse<Object> response(Supplier<Object> change) {
		try {
			return new WebEndpointResponse<>(change.get());
		}
		catch (IllegalArgumentException ex) {
			return refusal(WebEndpointResponse.STATUS_NOT_FOUND, ex);
		}
		catch (IllegalStateException ex) {
			return refusal(CONFLICT, ex);
		}
		catch (InvalidEndpointRequestException ex) {
			return refusal(WebEndpointResponse.STATUS_BAD_REQUEST, ex);
		}
	}

	static WebEndpointResponse<Object> refusal(int status, RuntimeException reason) {
		return new WebEndpointResponse<>(Map.of("message", String.valueOf(reason.getMessage())), status);
	}

}
