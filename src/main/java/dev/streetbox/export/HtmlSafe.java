package dev.streetbox.export;

import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;

/**
 * Escapes {@code <}, {@code >} and {@code &} in JSON, so that no text in a page's data can end its
 * HTML element or begin another.
 */
final class HtmlSafe extends CharacterEscapes {
  private static final long serialVersionUID = 1;

  @Override
  public int[] getEscapeCodesForAscii() {
    int[] codes = CharacterEscapes.standardAsciiEscapesForJSON();
    codes['<'] = CharacterEscapes.ESCAPE_CUSTOM;
    codes['>'] = CharacterEscapes.ESCAPE_CUSTOM;
    codes['&'] = CharacterEscapes.ESCAPE_CUSTOM;
    return codes;
  }

  @Override
  public SerializableString getEscapeSequence(int character) {
    return new SerializedString(String.format("\\u%04x", character));
  }
}
