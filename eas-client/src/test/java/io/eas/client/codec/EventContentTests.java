package io.eas.client.codec;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class EventContentTests {

	@ParameterizedTest
	@ValueSource(strings = { "a", "{", "[]", "17", "{}", "{\"text\":\"\"}", "{\"choices\":\"none\"}",
			"{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hi\"}}]}",
			"{\"choices\":[{\"delta\":{\"role\":\"assistant\",\"reasoning_content\":\"Hm\"}}]}",
			"{\"choices\":[{\"delta\":{\"content\":null,\"tool_calls\":[{\"index\":0}]}}]}",
			"{\"choices\":[{\"delta\":{}},{\"delta\":{\"content\":\" \"}}]}",
			"{\"choices\":[{\"index\":0,\"text\":\"Hi\"}]}" })
	void dataHasContent(String data) {
		assertThat(EventContent.saysSomething(data)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "[DONE]", "{\"choices\":[]}", "{\"choices\":[{\"delta\":{\"role\":\"assistant\"}}]}",
			"{\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}",
			"{\"choices\":[{\"delta\":{\"content\":null,\"tool_calls\":[]}}]}",
			"{\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}",
			"{\"choices\":[],\"usage\":{\"total_tokens\":7}}", "{\"choices\":[{\"index\":0,\"text\":\"\"}]}",
			"{\"choices\":[1,null]}" })
	void dataHasNoContent(String data) {
		assertThat(EventContent.saysSomething(data)).isFalse();
	}

}
