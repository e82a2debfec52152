package dev.streetbox.hj212;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.listen.BoxMessage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sends minutes to a platform that answers as the test says. */
class StationTest {
  private static final long START_MS = 1_795_420_800_000L;
  private static final int PATIENCE_MS = 60_000;
  private static final int SHORT_MS = 100;

  /** Divides an answer into parts that are sent one by one. */
  private static final String SPLIT = "\n\n";

  /** Answers a frame, the number of which counts from 1; empty: no answer. */
  private interface Answers {
    String to(String frame, int number);
  }

  private ServerSocket platform;
  private final List<String> frames = new CopyOnWriteArrayList<>();
  private final MinuteMeans means =
      new MinuteMeans(Area.rectangle(40.0, 116.3, 40.1, 116.4), 0, START_MS);

  @BeforeEach
  void listen() throws IOException {
    platform = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void close() throws IOException {
    platform.close();
  }

  private void answer(Answers answers) {
    Thread thread =
        new Thread(
            () -> {
              while (!platform.isClosed()) {
                try (Socket socket = platform.accept()) {
                  serve(socket, answers);
                } catch (IOException e) {
                  // The station or the test has closed the connection.
                }
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  private void serve(Socket socket, Answers answers) throws IOException {
    BufferedReader in =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      frames.add(line);
      for (String part : answers.to(line, frames.size()).split(SPLIT, 0)) {
        socket.getOutputStream().write(part.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
      }
    }
  }

  private static String acknowledge(String frame) {
    String qn = frame.replaceFirst(".*QN=(\\d+);.*", "$1");
    return Frame.of("QN=" + qn + ";ST=91;CN=9014;PW=123456;MN=x;Flag=4;CP=&&&&");
  }

  private Station station(int answerMs) {
    return new Station(
        new Station.Settings(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), platform.getLocalPort()),
            "010000A8900016F000169DC0",
            "123456",
            "22",
            "23",
            ZoneId.of("Asia/Shanghai"),
            answerMs));
  }

  /** Adds a minute of air and sound and hands it to the station. */
  private void minute(Station station, int number) {
    List<BoxMessage.SentRow> rows = new ArrayList<>();
    long startMs = START_MS + number * 60_000L;
    for (int i = 1; i <= 60; i++) {
      rows.add(
          new BoxMessage.SentRow(
              i,
              Map.of(
                  "t", Long.toString(startMs + i * 1000L),
                  "tq", "\"gnss\"",
                  "lat", "40.05",
                  "lon", "116.32",
                  "pm25_ugm3", "38.4",
                  "laeq_db", "61.4",
                  "q", "0")));
    }
    means.add(
        new BoxMessage.Rows("sb-1", 1, 0, true, false, rows, List.of()), rows, startMs + 59_000);
    station.take(means, startMs + 60_000);
  }

  @Test
  void aMinuteIsAFrameOfAirAndOneOfSound() throws IOException {
    answer((frame, number) -> acknowledge(frame));
    try (Station station = station(PATIENCE_MS)) {
      minute(station, 0);
      station.send();
      assertEquals(0, station.waiting());
    }
    String head = "PW=123456;MN=010000A8900016F000169DC0;Flag=5;CP=&&DataTime=20261123160000;";
    assertEquals(2, frames.size());
    assertTrue(
        frames
            .get(0)
            .contains(
                "QN=20261123160100000;ST=22;CN=2051;"
                    + head
                    + "a34004-Min=38.4,a34004-Avg=38.4,a34004-Max=38.4,a34004-Flag=N&&"),
        frames.get(0));
    assertTrue(
        frames.get(1).contains("QN=20261123160100001;ST=23;CN=2051;" + head + "Leq-Data=61.4;"),
        frames.get(1));
  }

  @Test
  void aFrameWithoutAnswerIsSentThreeTimesAndKept() throws IOException {
    answer((frame, number) -> "");
    try (Station station = station(SHORT_MS)) {
      minute(station, 0);
      String message = assertThrows(IOException.class, station::send).getMessage();
      assertTrue(message.contains("did not acknowledge a minute three times"), message);
      assertEquals(2, station.waiting());
    }
    assertEquals(1, frames.stream().distinct().count());
  }

  @Test
  void anotherAnswerIsPassedOverAndTheRightOneMayComeInParts() throws IOException {
    answer(
        (frame, number) ->
            acknowledge("QN=20000101000000000;")
                + SPLIT
                + acknowledge(frame).replace("ST", SPLIT + "ST"));
    try (Station station = station(PATIENCE_MS)) {
      minute(station, 0);
      station.send();
      assertEquals(0, station.waiting());
    }
  }

  @Test
  void afterAPlatformWasAwayEveryMinuteArrivesOnceInOrder() throws IOException {
    try (Station station = station(PATIENCE_MS)) {
      int port = platform.getLocalPort();
      platform.close();
      for (int i = 0; i < 3; i++) {
        minute(station, i);
        assertThrows(IOException.class, station::send);
      }
      platform = new ServerSocket(port, 5, InetAddress.getLoopbackAddress());
      answer((frame, number) -> acknowledge(frame));
      station.send();
      assertEquals(0, station.waiting());
      assertEquals(0, station.dropped());
    }
    List<String> times =
        frames.stream()
            .map(frame -> frame.replaceFirst(".*DataTime=\\d{10}(\\d{2}).*", "$1"))
            .toList();
    assertEquals(List.of("00", "00", "01", "01", "02", "02"), times);
  }

  @Test
  void settingsThatWouldBreakAFrameAreRefused() {
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
    ZoneId zone = ZoneId.of("UTC");
    assertThrows(
        IllegalArgumentException.class,
        () -> new Station.Settings(any, "short", "123456", "22", "23", zone, 1));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Station.Settings(any, "010000A8900016F000169DC0", "12;CN=", "22", "23", zone, 1));
  }
}
