package dev.streetbox.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/**
 * Rewrites JSON so that PostgreSQL's type jsonb accepts it: U+0000 and unpaired surrogates become
 * U+FFFD, and a number beyond the range of double becomes a string.
 */
final class CleanJson {
  /** Keeps no table of names, because a sender of ever new names would make it grow. */
  private static final JsonFactory JSON =
      JsonFactory.builder().disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES).build();

  private CleanJson() {}

  /**
   * Returns the rewritten text.
   *
   * @param text one JSON value
   * @throws UncheckedIOException if the text is no JSON
   */
  static String of(String text) {
    StringWriter out = new StringWriter();
    try (JsonParser in = JSON.createParser(text);
        JsonGenerator json = JSON.createGenerator(out)) {
      for (JsonToken token = in.nextToken(); token != null; token = in.nextToken()) {
        copy(in, token, json);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString();
  }

  private static void copy(JsonParser in, JsonToken token, JsonGenerator json) throws IOException {
    if (token == JsonToken.FIELD_NAME) {
      json.writeFieldName(clean(in.currentName()));
    } else if (token == JsonToken.VALUE_STRING) {
      json.writeString(clean(in.getText()));
    } else if (token.isNumeric() && !Double.isFinite(Double.parseDouble(in.getText()))) {
      json.writeString(in.getText());
    } else if (token.isNumeric()) {
      json.writeNumber(in.getText());
    } else {
      json.copyCurrentEvent(in);
    }
  }

  private static String clean(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    text.codePoints()
        .map(
            c ->
                c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)
                    ? 0xfffd
                    : c)
        .forEach(clean::appendCodePoint);
    return clean.toString();
  }
}
