package dev.streetbox.ingest;

import dev.streetbox.mqtt.Message;
import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;

/** Makes messages as one box sends them. */
final class SentMessages {
  static final String ROOT = "t/v1";

  /** The start of boot 0; each boot begins a day later than the one before. */
  private static final long T0_MS = 1_795_420_800_000L;

  private static final long DAY_MS = 86_400_000;

  private final String box;

  /** Makes messages of a box. */
  SentMessages(String box) {
    this.box = box;
  }

  /** Returns when a boot began, in ms since 1970 (UTC). */
  static long startMs(int boot) {
    return T0_MS + boot * DAY_MS;
  }

  /** Returns a batch of rows that a GNSS receiver has dated; row n has a PM2.5 of n. */
  Message batch(int boot, long first, long last) {
    return batch(boot, first, last, startMs(boot), "gnss", "");
  }

  /**
   * Returns a batch of rows.
   *
   * @param startMs when the boot began, by the clock that dates the rows
   * @param source the time source of the rows
   * @param more further members of the batch, such as {@code ,"sim":true}
   */
  Message batch(int boot, long first, long last, long startMs, String source, String more) {
    StringJoiner rows = new StringJoiner(",");
    for (long seq = first; seq <= last; seq++) {
      rows.add(row(seq, startMs, source, ",\"pm25_ugm3\":" + seq));
    }
    return batch(boot, first, last, rows + "", ",\"t0\":" + startMs + more);
  }

  /** Returns a batch of one row with further fields, such as {@code ,"uv_index":3}. */
  Message oneRow(int boot, long seq, String fields) {
    String row = row(seq, startMs(boot), "gnss", fields);
    return batch(boot, seq, seq, row, ",\"t0\":" + startMs(boot));
  }

  /** Returns the state of a box, as {@code online}. */
  Message state(int boot, String word) {
    return message("state", boot, ",\"state\":\"" + word + "\"");
  }

  /** Returns a message with members besides version, box and boot. */
  Message message(String topic, int boot, String members) {
    return raw(topic, "{\"v\":1,\"box\":\"%s\",\"boot\":%d%s}".formatted(box, boot, members));
  }

  /** Returns a message with any body. */
  Message raw(String topic, String body) {
    byte[] payload = body.getBytes(StandardCharsets.UTF_8);
    return new Message(ROOT + "/" + box + "/" + topic, payload, "application/json", false);
  }

  private Message batch(int boot, long first, long last, String rows, String more) {
    String members = ",\"first\":%d,\"last\":%d,\"rows\":[%s]%s".formatted(first, last, rows, more);
    return message("live", boot, members);
  }

  private static String row(long seq, long startMs, String source, String fields) {
    return "{\"seq\":%d,\"t\":%d,\"tq\":\"%s\",\"q\":%d%s}"
        .formatted(seq, startMs + 1_000 * seq, source, source.equals("est") ? 16_384 : 0, fields);
  }
}
