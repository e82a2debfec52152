package dev.streetbox.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.compact.CompactDecoder;
import dev.streetbox.measure.Anchor;
import dev.streetbox.measure.Encoding;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Range;
import dev.streetbox.measure.Row;
import dev.streetbox.measure.Sample;
import dev.streetbox.measure.TimeSource;
import dev.streetbox.measure.Timeline;
import dev.streetbox.outbox.Batch;
import dev.streetbox.outbox.Drop;
import dev.streetbox.outbox.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** Compares the bytes of batches with the contract. */
class BatchJsonTest {
  private static final Timeline TIMELINE =
      new Timeline(List.of(new Anchor(41, 1_801_000, 1_795_420_800_000L, TimeSource.GNSS, 50)));

  /** The contract's example, "A batch", with t0, without white space and further rows. */
  private static final String EXAMPLE =
      """
      {"v":1,"box":"sb-0042","boot":41,"first":1801,"last":1805,"t0":1795418999000,\
      "rows":[{"seq":1801,"t":1795420800000,"tq":"gnss","lat":40.070112,"lon":116.326519,\
      "hacc_m":3.1,"spd_mps":6.4,"hdg_deg":181,"pm1_ugm3":18.2,"pm25_ugm3":27.4,\
      "pm4_ugm3":30.9,"pm10_ugm3":32.6,"laeq_db":68.3,"lafmax_db":74.9,"voc_index":112,\
      "nox_index":1,"h2s_ppm":0.02,"nh3_ppm":0.3,"temp_c":21.4,"rh_pct":38.2,"q":0}],\
      "drops":[[1,900,"store_full"]]}\
      """;

  @Test
  void aBatchIsTheContractsExampleByteForByte() {
    byte[] json = batchJson(Encoding.JSON).of(batch(true));
    assertEquals(EXAMPLE, new String(json, UTF_8));
  }

  @Test
  void aBatchNamesTheCalibrationOfItsOwnBoot() {
    BatchJson calibrated =
        new BatchJson(
            new SharedFields(
                new PlainNames("sb-0042"),
                false,
                boot -> boot >= 41 ? Optional.of("3-5f1c09a2") : Optional.empty()),
            Encoding.JSON);
    String json = new String(calibrated.of(batch(false)), UTF_8);
    assertTrue(json.contains("\"last\":1805,\"cal\":\"3-5f1c09a2\","), json);
  }

  @Test
  void dropsAreWrittenOnlyIfThereAreAny() {
    String json = new String(batchJson(Encoding.JSON).of(batch(false)), UTF_8);
    assertTrue(json.endsWith("\"q\":0}]}"), json);
  }

  @Test
  void aCompressedBatchHoldsTheSameText() throws IOException {
    BatchJson json = batchJson(Encoding.JSON_GZIP);
    assertEquals("application/json+gzip", json.contentType());
    byte[] zipped = json.of(batch(true));
    byte[] plain = new GZIPInputStream(new ByteArrayInputStream(zipped)).readAllBytes();
    assertArrayEquals(EXAMPLE.getBytes(UTF_8), plain);
  }

  @Test
  void aCompactBatchDecodesToTheSameText() throws IOException {
    BatchJson json = batchJson(Encoding.COMPACT);
    assertEquals("application/vnd.streetbox.compact", json.contentType());
    assertArrayEquals(EXAMPLE.getBytes(UTF_8), CompactDecoder.decode(json.of(batch(true)), 10_000));
  }

  @Test
  void anEstimatedStartHasItsEarliestAndLatestTime() {
    Timeline guess =
        new Timeline(List.of(new Anchor(41, 0, 1_000_000, TimeSource.EST, 400_000)))
            .withLatestStart(3_000_000, 0);
    String json =
        new String(
            batchJson(Encoding.JSON)
                .of(new Batch(new Range(41, 1801, 1801), batch(false).rows(), guess, List.of())),
            UTF_8);
    assertTrue(
        json.startsWith(
            """
            {"v":1,"box":"sb-0042","boot":41,"first":1801,"last":1801,\
            "t0":1000000,"t0_min":600000,"t0_max":3000000,\
            "rows":[{"seq":1801,"t":2801000,"tq":"est",\
            """),
        json);
  }

  private static BatchJson batchJson(Encoding encoding) {
    return new BatchJson(Boxes.sharedFields(new PlainNames("sb-0042")), encoding);
  }

  private static Batch batch(boolean withDrop) {
    Map<Quantity, Double> readings = new EnumMap<>(Quantity.class);
    readings.put(Quantity.LAT, 40.070112);
    readings.put(Quantity.LON, 116.326519);
    readings.put(Quantity.HACC, 3.1);
    readings.put(Quantity.SPEED, 6.4);
    readings.put(Quantity.COURSE, 181.0);
    readings.put(Quantity.PM1, 18.2);
    readings.put(Quantity.PM2_5, 27.4);
    readings.put(Quantity.PM4, 30.9);
    readings.put(Quantity.PM10, 32.6);
    readings.put(Quantity.LAEQ, 68.3);
    readings.put(Quantity.LAFMAX, 74.9);
    readings.put(Quantity.VOC_INDEX, 112.0);
    readings.put(Quantity.NOX_INDEX, 1.0);
    readings.put(Quantity.H2S, 0.02);
    readings.put(Quantity.NH3, 0.3);
    readings.put(Quantity.TEMPERATURE, 21.4);
    readings.put(Quantity.HUMIDITY, 38.2);
    Row row = new Row(41, 1801, 1_801_000, Sample.of(readings));
    List<Drop> drops =
        withDrop ? List.of(new Drop(new Range(41, 1, 900), Reason.STORE_FULL)) : List.of();
    return new Batch(new Range(41, 1801, 1805), List.of(row), TIMELINE, drops);
  }
}
