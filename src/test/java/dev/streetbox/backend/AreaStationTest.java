package dev.streetbox.backend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.bus.ScriptedTime;
import dev.streetbox.hj212.Area;
import dev.streetbox.hj212.MinuteMeans;
import dev.streetbox.hj212.Station;
import dev.streetbox.listen.Subscriber;
import dev.streetbox.listen.Subscription;
import dev.streetbox.mqtt.Eventually;
import dev.streetbox.mqtt.Message;
import dev.streetbox.mqtt.ScriptedBroker;
import java.io.IOException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs a station in scripted time against a platform with a real socket. */
class AreaStationTest {
  private static final int PATIENCE_MS = 60_000;

  private final ScriptedTime time = new ScriptedTime();
  private final ScriptedBroker broker = new ScriptedBroker(time);
  private final long startMs = time.systemClock().toEpochMilli();
  private ScriptedPlatform platform;
  private Station station;
  private AreaStation area;
  private Subscriber subscriber;

  @BeforeEach
  void listen() throws IOException {
    platform = new ScriptedPlatform();
    station =
        new Station(
            new Station.Settings(
                platform.address(),
                "010000A8900016F000169DC0",
                "123456",
                "22",
                "23",
                ZoneId.of("UTC"),
                PATIENCE_MS));
    MinuteMeans means = new MinuteMeans(Area.parse("40.0,116.3,40.1,116.4"), 1_000, startMs);
    area = new AreaStation(station, means, "t/v1", time);
    subscriber =
        new Subscriber(
            broker, new Subscription("t/v1", "+", "", "hj212"), time, new SplittableRandom(7));
    subscriber.next(Duration.ofMillis(200));
  }

  @AfterEach
  void close() throws IOException {
    platform.close();
  }

  @Test
  void aMinuteIsSentOnceItIsClosedAndEachRowCountsOnce() throws IOException {
    deliver(1, batch(1, 30, 20.0));
    deliver(2, batch(31, 60, 40.0));
    deliver(3, batch(31, 60, 40.0));
    run(59);
    assertEquals(List.of(), platform.frames(), "before the minute ends");
    run(70);
    assertEquals(1, platform.frames().size());
    assertTrue(platform.frames().get(0).contains("a34004-Avg=30.0"), platform.frames().get(0));
    run(300);
    assertEquals(1, platform.frames().size());
  }

  @Test
  void aMessageThatCannotBeReadIsSkipped() throws IOException {
    deliver(1, "{");
    deliver(2, batch(1, 60, 20.0));
    run(70);
    assertEquals(1, platform.frames().size());
  }

  @Test
  void aPlatformThatDidNotAnswerGetsTheMinuteHalfAMinuteLater() throws IOException {
    platform.leaveUnanswered(1);
    deliver(1, batch(1, 60, 20.0));
    run(70);
    assertEquals(1, platform.frames().size());
    assertEquals(1, station.waiting());
    run(88);
    assertEquals(1, platform.frames().size(), "within the pause");
    run(105);
    assertEquals(2, platform.frames().size());
    assertEquals(platform.frames().get(0), platform.frames().get(1));
    assertEquals(0, station.waiting());
  }

  @Test
  void rowsThatWaitWhenAMinuteEndsStillBelongToIt() throws IOException {
    run(55);
    for (int second = 1; second <= 60; second++) {
      deliver(second, batch(second, second, second));
    }
    time.pass(Duration.ofSeconds(8));
    run(70);
    assertEquals(1, platform.frames().size());
    assertTrue(platform.frames().get(0).contains("a34004-Avg=30.5"), platform.frames().get(0));
  }

  @Test
  void aMinuteIsSentAlsoWhileMessagesNeverEnd() throws IOException {
    deliver(1, batch(1, 60, 20.0));
    AtomicInteger id = new AtomicInteger(1);
    area.run(
        subscriber,
        () -> {
          time.pass(Duration.ofMillis(100));
          deliver(id.incrementAndGet(), "{");
          return time.tickMs() >= 90_000;
        });
    assertEquals(1, platform.frames().size());
  }

  @Test
  void theEndClosesTheConnectionToThePlatform() throws IOException {
    deliver(1, batch(1, 60, 20.0));
    run(70);
    assertEquals(1, platform.frames().size());
    Eventually.holds("the end of the connection", () -> platform.ended() == 1);
  }

  private void run(int untilS) throws IOException {
    area.run(subscriber, () -> time.tickMs() >= untilS * 1_000L);
  }

  private void deliver(int id, String body) {
    broker.deliver(new Message("t/v1/sb-1/live", body.getBytes(UTF_8), "", false), id);
  }

  /** Returns the rows from one second of the minute to another. */
  private String batch(int first, int last, double pm) {
    String rows =
        IntStream.rangeClosed(first, last)
            .mapToObj(
                seq ->
                    "{'seq':%d,'t':%d,'tq':'gnss','lat':40.05,'lon':116.32,'pm25_ugm3':%s,'q':0}"
                        .formatted(seq, startMs + seq * 1_000L, pm))
            .collect(Collectors.joining(","));
    return "{'v':1,'box':'sb-1','boot':1,'first':%d,'last':%d,'t0':%d,'rows':[%s]}"
        .formatted(first, last, startMs, rows)
        .replace('\'', '"');
  }
}
