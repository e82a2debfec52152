package dev.streetbox.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.agent.PartsBench.Place;
import dev.streetbox.bus.BusException;
import dev.streetbox.bus.ScriptedTime;
import dev.streetbox.config.KnownDrivers;
import dev.streetbox.doctor.Finding.Verdict;
import dev.streetbox.driver.Rhythm;
import dev.streetbox.driver.Sensor;
import dev.streetbox.measure.Quality;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Sample;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks one part that answers as each test scripts it. */
class SensorCheckTest {
  private static final Sample AIR = Sample.of(Map.of(Quantity.TEMPERATURE, 21.4));

  @TempDir private Path folder;
  private final ScriptedTime time = new ScriptedTime();
  private final Deque<IOException> startErrors = new ArrayDeque<>();
  private final Deque<Sample> samples = new ArrayDeque<>();
  private int closed;

  private static BusException nack() {
    return new BusException("no answer", BusException.EREMOTEIO);
  }

  /** Throws and returns what a test scripted; returns nothing new once all samples are read. */
  private final class ScriptedSensor implements Sensor {
    @Override
    public void start() throws IOException {
      IOException error = startErrors.poll();
      if (error != null) {
        throw error;
      }
    }

    @Override
    public Sample read() {
      Sample sample = samples.poll();
      return sample == null ? Sample.NOTHING : sample;
    }

    @Override
    public Rhythm rhythm() {
      return new Rhythm(Duration.ofSeconds(1), Duration.ofSeconds(2));
    }

    @Override
    public void close() {
      closed++;
    }
  }

  private Finding finding(String driver, String more) throws Exception {
    Place place =
        new Place(
            KnownDrivers.wired(driver, "name = \"x\"\n" + more, folder).sensors().get(0),
            new ScriptedSensor());
    return new SensorCheck(place, time).finding();
  }

  @Test
  void theFirstReadingsAreJudgedAndThePartIsClosed() throws Exception {
    samples.add(Sample.NOTHING);
    samples.add(AIR);
    samples.add(Sample.of(Map.of(Quantity.TEMPERATURE, 99.0)));
    assertEquals(Finding.pass("sensor x", "temperature 21.4 °C"), finding("sht4x", ""));
    assertEquals(1, closed);
  }

  @Test
  void aSingleNackAtTheStartIsTriedOnceMore() throws Exception {
    startErrors.add(nack());
    samples.add(AIR);
    assertEquals(Verdict.PASS, finding("sht4x", "").verdict());
  }

  @Test
  void aSecondNackIsAMissingPart() throws Exception {
    startErrors.add(nack());
    startErrors.add(nack());
    Finding finding = finding("sht4x", "");
    assertEquals(Verdict.FAIL, finding.verdict());
    assertEquals("the part is missing, has no power, or SDA and SCL are swapped", finding.cause());
    assertEquals(
        "check VDD, GND, SDA (pin 3), SCL (pin 5); then: streetbox read --raw x", finding.remedy());
  }

  @Test
  void anotherErrorAtTheStartIsNotTriedAgain() throws Exception {
    startErrors.add(new BusException("held low", 110));
    samples.add(AIR);
    Finding finding = finding("sht4x", "");
    assertEquals("held low", finding.observation());
    assertEquals("", finding.cause());
  }

  @Test
  void aPartWithoutReadingsIsSilentAfterFourSeconds() throws Exception {
    Finding finding = finding("sht4x", "");
    assertEquals("silent for 4 s", finding.observation());
    assertTrue(time.tickMs() >= 4_000 && time.tickMs() < 6_000, "took " + time.tickMs() + " ms");
  }

  @Test
  void flagsWithoutReadingsAreJudgedAfterTheWait() throws Exception {
    samples.add(new Sample(Map.of(), Set.of(Quality.PM_FAULT)));
    Finding finding = finding("sps30", "");
    assertEquals(Verdict.FAIL, finding.verdict());
    assertEquals("answers, no readings yet (pm_fault)", finding.observation());
  }

  @Test
  void theRemedyNamesThePlugsOfTheWiring() throws Exception {
    startErrors.add(new BusException("gone", 5));
    assertEquals(
        "check its plug, its 5 V, and TX to RX; then: streetbox read --raw x",
        finding("pms5003", "port = \"/dev/ttyA\"\n").remedy());
    startErrors.add(new BusException("gone", 5));
    assertEquals(
        "check its plug; then: arecord --list-devices",
        finding("microphone", "part = \"inmp441\"\ndevice = \"hw:0,0\"\n").remedy());
  }

  @Test
  void anInterruptIsNoFindingAndThePartIsClosed() {
    startErrors.add(new InterruptedIOException("interrupted"));
    assertThrows(InterruptedIOException.class, () -> finding("sht4x", ""));
    assertEquals(1, closed);
  }
}
