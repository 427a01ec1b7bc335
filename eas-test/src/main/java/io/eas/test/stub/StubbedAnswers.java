package io.eas.test.stub;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;

import io.eas.client.EasException;
import io.eas.settings.Assert;
import org.jspecify.annotations.Nullable;

/**
 * The answers to the requests to one path. Each method adds an answer for one more
 * request; the last answer is repeated. Thread-safe.
 */
public final class StubbedAnswers {

	private static final int OK = 200;

	private final Deque<StubbedAnswer> answers = new ArrayDeque<>();

	StubbedAnswers() {
	}

	/**
	 * Answers with status 200.
	 * @param body the body: bytes, text, a protobuf message, or an object that Jackson
	 * writes as JSON. Text may be the JSON form of the object that the caller reads. An
	 * empty text is an empty body
	 * @return this
	 */
	public StubbedAnswers answer(Object body) {
		return answer(OK, body);
	}

	/**
	 * Answers with a status. The caller gets an {@link io.eas.client.EasStatusException}
	 * unless the status is 2xx or the caller requests the whole response.
	 * @param status the status, 200 to 599
	 * @param body see {@link #answer(Object)}
	 * @return this
	 * @throws IllegalArgumentException if the status is out of range
	 */
	public StubbedAnswers answer(int status, Object body) {
		if (status < OK || status > 599) {
			throw new IllegalArgumentException("The status of an answer must be from 200 to 599, was " + status);
		}
		Assert.notNull("body", body);
		return add(new StubbedAnswer.Body(status, (request) -> body));
	}

	/**
	 * Answers with status 200 and a body that depends on the request.
	 * @param body gets the request and returns the body; see {@link #answer(Object)}
	 * @return this
	 */
	public StubbedAnswers answerWith(Function<RecordedRequest, Object> body) {
		return add(new StubbedAnswer.Body(OK, Assert.notNull("body", body)));
	}

	/**
	 * Answers with a stream of server-sent events.
	 * @param events the data of each event: text, or an object that Jackson writes as
	 * JSON
	 * @return this
	 */
	public StubbedAnswers stream(Object... events) {
		return add(new StubbedAnswer.Stream(List.of(Assert.noneNull("events", events)), null));
	}

	/**
	 * Answers with a stream of server-sent events that fails after the last event.
	 * @param failure creates the failure; see {@link #fail}
	 * @param events see {@link #stream}
	 * @return this
	 */
	public StubbedAnswers streamThenFail(Function<EasException.Attempt, EasException> failure, Object... events) {
		return add(new StubbedAnswer.Stream(List.of(Assert.noneNull("events", events)),
				Assert.notNull("failure", failure)));
	}

	/**
	 * Fails the request.
	 * @param failure creates the failure, such as
	 * {@code (attempt) -> new EasTimeoutException(attempt, "no answer within 500 ms",
	 * null, true)}
	 * @return this
	 */
	public StubbedAnswers fail(Function<EasException.Attempt, EasException> failure) {
		return add(new StubbedAnswer.Failure(Assert.notNull("failure", failure)));
	}

	private synchronized StubbedAnswers add(StubbedAnswer answer) {
		this.answers.add(answer);
		return this;
	}

	/** Returns the answer to the next request, or null if there is none. */
	synchronized @Nullable StubbedAnswer next() {
		return (this.answers.size() > 1) ? this.answers.poll() : this.answers.peek();
	}

}
