package io.eas.http;

import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * Searches the causes of a failure. Code of applications and libraries may create
 * exceptions whose causes form a cycle, or whose {@code getMessage()} throws, so neither
 * is trusted here. Stateless.
 */
public final class Causes {

	/**
	 * The maximum number of causes that are examined, so that a search through a cycle
	 * ends.
	 */
	private static final int DEEPEST = 64;

	private Causes() {
	}

	/**
	 * Finds the first exception of a type among a failure and its causes.
	 * @param failure the failure, or {@code null}
	 * @param type the type
	 * @param <T> the type
	 * @return the exception, or {@code null} if there is none
	 */
	public static <T extends Throwable> @Nullable T find(@Nullable Throwable failure, Class<T> type) {
		return first(failure, (cause) -> type.isInstance(cause) ? type.cast(cause) : null);
	}

	/**
	 * Applies a function to a failure and then to its causes, and returns the first
	 * result that isn't {@code null}.
	 * @param failure the failure, or {@code null}
	 * @param conclusion the function
	 * @param <T> the type of the result
	 * @return the first result that isn't {@code null}, or {@code null} if there is none
	 */
	public static <T> @Nullable T first(@Nullable Throwable failure,
			Function<? super Throwable, ? extends @Nullable T> conclusion) {
		Throwable cause = failure;
		T concluded = null;
		for (int depth = 0; cause != null && concluded == null && depth < DEEPEST; depth++) {
			concluded = conclusion.apply(cause);
			cause = ShieldedCause.originalCause(cause);
		}
		return concluded;
	}

	/**
	 * Returns whether the message of a failure, or of one of its causes, contains a text.
	 * @param failure the failure
	 * @param text the text
	 * @return true if one of the messages contains the text
	 */
	public static boolean say(Throwable failure, String text) {
		return first(failure, (cause) -> message(cause).contains(text) ? cause : null) != null;
	}

	/**
	 * Returns the message of a failure.
	 * @param failure the failure
	 * @return the message, or the simple name of the class if there is none
	 */
	public static String message(Throwable failure) {
		try {
			String message = failure.getMessage();
			return (message != null) ? message : failure.getClass().getSimpleName();
		}
		catch (Throwable ex) {
			return failure.getClass().getSimpleName();
		}
	}

	/**
	 * Returns the class and the message of a failure.
	 * @param failure the failure
	 * @return its {@code toString()}, or the name of the class if that throws
	 */
	public static String describe(Throwable failure) {
		try {
			return failure.toString();
		}
		catch (Throwable ex) {
			return failure.getClass().getName();
		}
	}

}
