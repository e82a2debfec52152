package dev.streetbox.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.streetbox.agent.Config;
import dev.streetbox.bus.ScriptedTime;
import dev.streetbox.config.KnownDrivers;
import dev.streetbox.datadir.BoxIds;
import dev.streetbox.doctor.Finding.Verdict;
import dev.streetbox.measure.Anchor;
import dev.streetbox.measure.Faults;
import dev.streetbox.measure.Range;
import dev.streetbox.measure.Row;
import dev.streetbox.measure.Sample;
import dev.streetbox.measure.TimeSource;
import dev.streetbox.outbox.Committer;
import dev.streetbox.outbox.Outbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks what is told about the boots of a card that had other ids before. */
class OtherIdsCheckTest {
  @TempDir private Path root;
  private Config config;

  @BeforeEach
  void configure() throws Exception {
    config = KnownDrivers.simulated("sht4x", root);
  }

  private Path dataDir() {
    return config.store().dataDir();
  }

  /** Measures rows in a boot under an id, of which the broker acknowledges the first ones. */
  private void boot(int boot, String id, int rows, int acknowledged) throws IOException {
    BoxIds ids = BoxIds.of(dataDir(), id);
    ids.begin(boot);
    ids.store();
    Outbox outbox = new Outbox(boot, dataDir());
    outbox.append(new Anchor(boot, 0, 0, TimeSource.NTP, 50));
    for (int seq = 1; seq <= rows; seq++) {
      outbox.append(new Row(boot, seq, seq * 1_000L, Sample.of(Map.of())));
    }
    Committer committer = new Committer(config.store(), outbox, new ScriptedTime(), new Faults());
    committer.cycle();
    if (acknowledged > 0) {
      outbox.acknowledge(new Range(boot, 1, acknowledged), List.of());
    }
    committer.close();
  }

  private List<String> observations() {
    return new OtherIdsCheck(config, root).findings().stream().map(Finding::observation).toList();
  }

  @Test
  void rowsOfSeveralBootsOfAnIdAreCountedTogetherAndThoseOfThePresentIdNot() throws Exception {
    boot(1, "sb-0", 3, 0);
    boot(2, "sb-9", 4, 0);
    boot(3, "sb-0", 5, 0);
    boot(4, "sb-1", 6, 0);
    assertEquals(
        List.of(
            "8 unsent rows were measured under the id sb-0",
            "4 unsent rows were measured under the id sb-9"),
        observations());
  }

  @Test
  void rowsOfAnotherIdThatTheBrokerHasAreNotCounted() throws Exception {
    boot(1, "sb-0", 3, 2);
    boot(2, "sb-9", 4, 4);
    boot(3, "sb-1", 1, 0);
    assertEquals(List.of("1 unsent rows were measured under the id sb-0"), observations());
  }

  @Test
  void aFileOfIdsThatIsDamagedIsAWarningWithItsRemedy() throws Exception {
    boot(1, "sb-0", 3, 0);
    Files.writeString(dataDir().resolve("ids"), "one sb-0\n");
    Finding finding = new OtherIdsCheck(config, root).findings().get(0);
    assertEquals(Verdict.WARN, finding.verdict());
    Path ids = dataDir().resolve("ids");
    assertEquals(
        ids + " is damaged. Try: rm " + ids + ", which gives all earlier rows to sb-1",
        finding.observation());
  }

  @Test
  void aStoreThatCannotBeReadIsAWarning() throws Exception {
    Files.writeString(dataDir().resolve("outbox.db"), "no store".repeat(1_000));
    Finding finding = new OtherIdsCheck(config, root).findings().get(0);
    assertEquals(Verdict.WARN, finding.verdict());
    assertEquals("the store cannot be read", finding.cause());
  }
}
