package io.eas.actuate;

import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;

/**
 * Answers refused writes of {@link EasEndpoint} with a status and a body that contains
 * the reason: 404 for an unknown service or instance, 409 if the change isn't possible,
 * 400 for a wrong argument. Thread-safe.
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

	/** See {@link EasEndpoint#refresh}. */
	@WriteOperation
	public WebEndpointResponse<Object> refresh(@Selector String alias) {
		return response(() -> this.endpoint.refresh(alias));
	}

	/** See {@link EasEndpoint#eject}. */
	@WriteOperation
	public WebEndpointResponse<Object> eject(@Selector String alias, @Selector String address,
			@Nullable Duration time) {
		return response(() -> this.endpoint.eject(alias, address, time));
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

	private static WebEndpointResponse<Object> refusal(int status, RuntimeException reason) {
		return new WebEndpointResponse<>(Map.of("message", String.valueOf(reason.getMessage())), status);
	}

}
