package dev.streetbox.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.doctor.Finding.Verdict;
import dev.streetbox.measure.Quality;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Sample;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SampleCheckTest {
  @Test
  void plausibleReadingsPass() {
    assertEquals(
        Finding.pass("sensor air", "temperature 21.4 °C, humidity 38.2 %"),
        SampleCheck.judge(
            "sensor air", Sample.of(Map.of(Quantity.TEMPERATURE, 21.4, Quantity.HUMIDITY, 38.2))));
  }

  @Test
  void anAirTemperatureOf84DegreesIsAWarning() {
    assertEquals(Verdict.WARN, verdict(Sample.of(Map.of(Quantity.TEMPERATURE, 84.0))));
  }

  @Test
  void aPartThatReportsItsOwnFaultFails() {
    Map<Quantity, Double> readings = Map.of(Quantity.PM2_5, 0.0);
    assertEquals(Verdict.FAIL, verdict(new Sample(readings, Set.of(Quality.PM_FAULT))));
    assertEquals(Verdict.FAIL, verdict(new Sample(Map.of(), Set.of(Quality.GAS_FAULT))));
  }

  @Test
  void moreGasThanThePartMeasuresFailsWithItsOwnRemedy() {
    Finding finding =
        SampleCheck.judge(
            "sensor gas", new Sample(Map.of(), Set.of(Quality.GAS_FAULT, Quality.OUT_OF_RANGE)));
    assertEquals(Verdict.FAIL, finding.verdict());
    assertTrue(finding.remedy().startsWith("take the box into clean air"), finding.remedy());
  }

  @Test
  void aPartThatCountsNoParticleIsNotCondemned() {
    String remark = "it sees not one particle: blind, or filtered air";
    Finding finding =
        SampleCheck.judge(
            "sensor pm", new Sample(Map.of(), Set.of(Quality.PM_FAULT)), Optional.of(remark));
    assertEquals(Verdict.FAIL, finding.verdict());
    assertEquals(remark, finding.cause());
    assertTrue(finding.remedy().startsWith("wave dust or smoke"), finding.remedy());
  }

  @Test
  void aRemarkOnAPartThatMeasuresIsAWarning() {
    Finding finding =
        SampleCheck.judge(
            "sensor pm",
            Sample.of(Map.of(Quantity.PM2_5, 12.0)),
            Optional.of("check the wire to its R"));
    assertEquals(Verdict.WARN, finding.verdict());
    assertEquals("check the wire to its R", finding.cause());
  }

  @Test
  void aStuckOrOverloadedPartIsAWarning() {
    Map<Quantity, Double> readings = Map.of(Quantity.LAEQ, 60.0);
    assertEquals(Verdict.WARN, verdict(new Sample(readings, Set.of(Quality.NOISE_STUCK))));
    assertEquals(Verdict.WARN, verdict(new Sample(Map.of(), Set.of(Quality.OUT_OF_RANGE))));
  }

  @Test
  void aPartThatWarmsUpPasses() {
    assertEquals(
        Finding.pass("sensor gas", "answers, no readings yet (gas_warmup)"),
        SampleCheck.judge("sensor gas", new Sample(Map.of(), Set.of(Quality.GAS_WARMUP))));
  }

  @Test
  void onlyBeyondTheLimitOfAStreetAReadingIsDoubtful() {
    assertEquals(Verdict.PASS, verdict(Sample.of(Map.of(Quantity.LAEQ, 110.0))));
    assertEquals(Verdict.WARN, verdict(Sample.of(Map.of(Quantity.LAEQ, 110.1))));
    assertEquals(Verdict.PASS, verdict(Sample.of(Map.of(Quantity.HUMIDITY, 3.0))));
    assertEquals(Verdict.WARN, verdict(Sample.of(Map.of(Quantity.HUMIDITY, 2.9))));
  }

  @Test
  void oneImplausibleReadingAmongGoodOnesIsEnoughForAWarning() {
    Sample sample =
        Sample.of(
            Map.of(Quantity.TEMPERATURE, 20.0, Quantity.HUMIDITY, 50.0, Quantity.PRESSURE, 300.0));
    assertEquals(Verdict.WARN, verdict(sample));
  }

  @Test
  void aRemarkOnAPartBeyondItsRangeIsToldInsteadOfTheGas() {
    Finding finding =
        SampleCheck.judge(
            "sensor gas",
            new Sample(Map.of(), Set.of(Quality.GAS_FAULT, Quality.OUT_OF_RANGE)),
            Optional.of("its cell is not plugged in"));
    assertEquals(Verdict.FAIL, finding.verdict());
    assertEquals("its cell is not plugged in", finding.cause());
    assertTrue(finding.remedy().startsWith("look for an insect"), finding.remedy());
  }

  private static Verdict verdict(Sample sample) {
    return SampleCheck.judge("sensor x", sample).verdict();
  }
}
