package dev.streetbox.cli;

import dev.streetbox.measure.PrintableText;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Replaces the characters that must not reach a terminal in UTF-8 text; line feeds and tabs stay.
 * Each text from outside is also replaced where it comes in, with a limit of its length; this class
 * covers what quotes arguments, file names and errors of libraries. Used by one thread at a time.
 */
final class PrintableOutput extends OutputStream {
  private static final int BUFFER_BYTES = 1024;

  /** The most bytes of one character that is not complete yet. */
  private static final int REST_BYTES = 3;

  private final OutputStream out;
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPLACE)
          .onUnmappableCharacter(CodingErrorAction.REPLACE);

  private final ByteBuffer pending = ByteBuffer.allocate(BUFFER_BYTES);
  private final CharBuffer chars = CharBuffer.allocate(BUFFER_BYTES);

  PrintableOutput(OutputStream out) {
    this.out = out;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (pending.position() == 0 && isPlain(bytes, offset, length)) {
      out.write(bytes, offset, length);
      return;
    }
    for (int at = 0; at < length; ) {
      int count = Math.min(length - at, pending.remaining());
      pending.put(bytes, offset + at, count);
      at += count;
      decode();
    }
  }

  /** Returns whether all bytes are ASCII that stays, which is so for nearly all text. */
  private static boolean isPlain(byte[] bytes, int offset, int length) {
    for (int at = offset; at < offset + length; at++) {
      boolean isShown = bytes[at] >= ' ' && bytes[at] < 0x7f;
      if (!isShown && bytes[at] != '\n' && bytes[at] != '\t') {
        return false;
      }
    }
    return true;
  }

  /** Writes the complete characters; at most {@link #REST_BYTES} bytes stay. */
  private void decode() throws IOException {
    pending.flip();
    decoder.decode(pending, chars, false);
    pending.compact();
    assert pending.position() <= REST_BYTES : pending;
    String text = chars.flip().toString();
    chars.clear();
    StringBuilder clean = new StringBuilder(text.length());
    text.codePoints()
        .map(p -> PrintableText.isPrintable(p) || p == '\n' || p == '\t' ? p : ' ')
        .forEach(clean::appendCodePoint);
    out.write(clean.toString().getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }

  /** Closes nothing, because standard output and standard error stay open until the exit. */
  @Override
  public void close() throws IOException {
    flush();
  }
}
