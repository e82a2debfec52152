package dev.streetbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.mqtt.Eventually;
import dev.streetbox.mqtt.Mosquitto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the installed program with daily pseudonyms in a time zone in which midnight is seconds
 * away, kills it before midnight, starts it again, and checks that no message links the two days.
 */
class PseudonymIT {
  private static final int EVENING_S = 25;

  /** Matches the fields that identify a box, a boot or a configuration. */
  private static final Pattern NAME =
      Pattern.compile("\"(box|boot|id|lost_boot|dated_boot|t0|config|calibration)\":([^,}]+)");

  @TempDir Path dir;

  private Mosquitto broker;
  private ChildProcess observer;
  private ChildProcess auditor;
  private DailyBox daily;
  private ChildProcess box;

  @BeforeEach
  void start() throws IOException {
    broker = Mosquitto.started(Files.createDirectory(dir.resolve("broker")));
    observer =
        ChildProcess.start(
            dir,
            Program.MOSQUITTO_SUB,
            Stream.of("-V mqttv5 -h 127.0.0.1 -q 1 -v -t # -p " + broker.port())
                .flatMap(line -> Stream.of(line.split(" ")))
                .toArray(String[]::new));
    auditor =
        ChildProcess.start(
            dir, Program.STREETBOX, "listen", "--audit", "--broker", "" + broker.uri());
    broker.awaitLog("Sending SUBACK", 2);
    daily = new DailyBox(dir, broker, EVENING_S);
    box = daily.start();
  }

  @AfterEach
  void stop() {
    box.close();
    auditor.close();
    observer.close();
    broker.close();
  }

  @Test
  void nothingThatIsSentLinksADayWithTheNextAndNoRowOfEitherIsMissing() throws IOException {
    Eventually.holds("rows in the evening; " + box.errors(), () -> rows().size() >= 3);
    box.kill();
    box = daily.start();
    Eventually.holds("a loss; " + box.errors(), () -> all().contains("\"kind\":\"loss\""));
    Eventually.holds("another name; " + box.errors(), () -> ids().size() == 2);
    Eventually.holds("rows of the night; " + box.errors(), () -> rowsOf(last()) >= 3);
    assertEquals(0, box.terminate(15), box.errors());
    assertEquals(0, auditor.terminate(15), auditor.errors());

    String night = last();
    String evening = ids().stream().filter(id -> !id.equals(night)).findFirst().orElseThrow();
    Set<String> shared = names(evening);
    assertEquals(2, bootsOf(evening).size(), "boots of the evening");
    shared.retainAll(names(night));
    shared.remove("\"calibration\":\"none\""); // every box without a calibration has this value
    assertEquals(Set.of(), shared, "identifiers that both days have");
    assertFalse(all().contains("sb-secret"), "the configured id was sent");
    assertFalse(broker.log().contains("sb-secret"), "the broker received the configured id");
    assertTrue(auditor.errors().contains(night), auditor.errors());
    assertTrue(auditor.errors().contains(evening), auditor.errors());
  }

  private String all() throws IOException {
    return String.join("\n", observer.lines());
  }

  private List<SentRow> rows() throws IOException {
    return SentRow.in(observer.lines());
  }

  /** Returns the box ids in the topics, in order of arrival. */
  private List<String> ids() throws IOException {
    return observer.lines().stream().map(line -> line.split("/", -1)[2]).distinct().toList();
  }

  private String last() throws IOException {
    return ids().get(ids().size() - 1);
  }

  private List<String> linesOf(String id) throws IOException {
    return observer.lines().stream().filter(line -> line.split("/", -1)[2].equals(id)).toList();
  }

  private long rowsOf(String id) throws IOException {
    return SentRow.in(linesOf(id)).size();
  }

  private Set<Integer> bootsOf(String id) throws IOException {
    return SentRow.in(linesOf(id)).stream().map(SentRow::boot).collect(Collectors.toSet());
  }

  private Set<String> names(String id) throws IOException {
    Set<String> names = new HashSet<>();
    for (String line : linesOf(id)) {
      Matcher name = NAME.matcher(line);
      while (name.find()) {
        names.add(name.group());
      }
    }
    return names;
  }
}
