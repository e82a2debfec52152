package dev.streetbox.backend;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.bus.ScriptedTime;
import dev.streetbox.hj212.Area;
import dev.streetbox.hj212.MinuteMeans;
import dev.streetbox.hj212.Station;
import dev.streetbox.listen.Subscriber;
import dev.streetbox.listen.Subscription;
import dev.streetbox.mqtt.Message;
import dev.streetbox.mqtt.ScriptedBroker;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
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
  private final List<String> frames = new CopyOnWriteArrayList<>();
  private final long startMs = time.systemClock().toEpochMilli();
  private ServerSocket platform;
  private Station station;
  private AreaStation area;
  private Subscriber subscriber;

  /** The platform closes the connection instead of an answer to so many frames. */
  private volatile int unanswered;

  @BeforeEach
  void listen() throws IOException {
    platform = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::serve);
    thread.setDaemon(true);
    thread.start();
    station =
        new Station(
            new Station.Settings(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), platform.getLocalPort()),
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
    assertEquals(List.of(), frames, "before the minute ends");
    run(70);
    assertEquals(1, frames.size());
    assertTrue(frames.get(0).contains("a34004-Avg=30.0"), frames.get(0));
    run(300);
    assertEquals(1, frames.size());
  }

  @Test
  void aMessageThatCannotBeReadIsSkipped() throws IOException {
    deliver(1, "{");
    deliver(2, batch(1, 60, 20.0));
    run(70);
    assertEquals(1, frames.size());
  }

  @Test
  void aPlatformThatDidNotAnswerGetsTheMinuteHalfAMinuteLater() throws IOException {
    unanswered = 1;
    deliver(1, batch(1, 60, 20.0));
    run(70);
    assertEquals(1, frames.size());
    assertEquals(1, station.waiting());
    run(88);
    assertEquals(1, frames.size(), "within the pause");
    run(105);
    assertEquals(2, frames.size());
    assertEquals(frames.get(0), frames.get(1));
    assertEquals(0, station.waiting());
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

  private void serve() {
    while (!platform.isClosed()) {
      try (Socket socket = platform.accept()) {
        BufferedReader in =
            new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
          frames.add(line);
          if (frames.size() <= unanswered) {
            break;
          }
          socket.getOutputStream().write(acknowledgement(line).getBytes(US_ASCII));
        }
      } catch (IOException e) {
        // The station or the test has closed the connection.
      }
    }
  }

  /** Returns the answer that HJ 212 asks of a platform. */
  private static String acknowledgement(String frame) {
    String qn = frame.replaceFirst(".*QN=(\\d+);.*", "$1");
    String data = "QN=" + qn + ";ST=91;CN=9014;PW=123456;MN=x;Flag=4;CP=&&&&";
    return "##%04d%s%04X\r\n".formatted(data.length(), data, crc(data));
  }

  /** Returns the checksum of HJ 212 (CRC-16 with the polynomial A001). */
  private static int crc(String data) {
    int crc = 0xffff;
    for (byte one : data.getBytes(US_ASCII)) {
      crc = (crc >> 8) ^ (one & 0xff);
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) == 1 ? (crc >> 1) ^ 0xa001 : crc >> 1;
      }
    }
    return crc;
  }
}
