package io.eas.http;

import java.io.IOException;
import java.net.ConnectException;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Causes, also of exceptions that are of no help.
 */
class CausesTests {

	private final ConnectException refused = new ConnectException("refused");

	private final RuntimeException failure = new RuntimeException("failed", new IOException("broken", this.refused));

	@Test
	void firstCauseOfATypeIsFound() {
		assertThat(Causes.find(this.failure, ConnectException.class)).isSameAs(this.refused);
		assertThat(Causes.find(this.failure, IOException.class)).hasMessage("broken");
		assertThat(Causes.find(this.failure, Error.class)).isNull();
		assertThat(Causes.find(null, IOException.class)).isNull();
	}

	@Test
	void textInTheMessageOfACauseIsFound() {
		assertThat(Causes.say(this.failure, "refu")).isTrue();
		assertThat(Causes.say(this.failure, "token")).isFalse();
	}

	@Test
	void searchEndsWhereCausesFormACycle() {
		assertThat(Causes.find(new Elusive(), IOException.class)).isNull();
		assertThat(Causes.say(new Elusive(), "token")).isFalse();
	}

	@Test
	void exceptionThatFailsToDescribeItselfHasTheNameOfItsClass() {
		assertThat(Causes.message(new Elusive())).isEqualTo("Elusive");
		assertThat(Causes.describe(new Elusive())).isEqualTo(Elusive.class.getName());
		assertThat(Causes.message(new IOException())).isEqualTo("IOException");
		assertThat(Causes.describe(new Error("no"))).isEqualTo("java.lang.Error: no");
	}

	/** Its message fails, and it is its own cause. */
	private static final class Elusive extends RuntimeException {

		private static final long serialVersionUID = 1L;

		@Override
		public String getMessage() {
			throw new IllegalStateException("no message");
		}

		@Override
		public synchronized Throwable getCause() {
			return this;
		}

	}

}
