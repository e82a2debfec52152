package dev.streetbox.desk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.measure.JsonTree;
import dev.streetbox.mqtt.Eventually;
import dev.streetbox.mqtt.MosquittoSub;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Opens the desk in a real browser, served by a real Mosquitto, with a box that follows a script.
 */
class DeskIT {
  private static final String PLACE = ",\"lat\":40.070112,\"lon\":116.326519";
  private static final String LOADED = "document.body.dataset.link === 'up'";
  private static final String INTAKE = "document.body.dataset.intake === 'yes'";

  @TempDir Path dir;
  private DeskBroker broker;
  private Chromium browser;
  private ScriptedBox box;

  @BeforeEach
  void start() throws IOException {
    broker = new DeskBroker(dir);
    browser = new Chromium(dir);
    box = new ScriptedBox(dir, broker.mosquitto(), "sb-0042");
  }

  @AfterEach
  void end() throws IOException {
    box.close();
    browser.close();
    broker.close();
  }

  private Page login(Chromium from, String name) throws IOException {
    Page page = from.open(broker.page("desk/"));
    page.await("document.querySelector('#login') && !document.querySelector('#login').hidden");
    page.type("#user", "desk");
    page.type("#password", "desk");
    page.type("#by", name);
    page.click("#login button");
    page.await(LOADED);
    return page;
  }

  private static String item(String id) {
    return "#item-" + id;
  }

  private static String rows() {
    return IntStream.range(0, 30)
        .mapToObj(
            i ->
                "{\"seq\":%d,\"t\":%d,\"tq\":\"gnss\",\"lat\":%s,\"lon\":%s,\"pm25_ugm3\":%d,\"laeq_db\":%d,\"voc_index\":%d,\"q\":%d}"
                    .formatted(
                        1801 + i,
                        1795420800000L + i * 1000L,
                        40.0695 + i * 2e-5,
                        116.3260 + i * 1.7e-5,
                        20 + i % 7,
                        60 + i % 11,
                        100 + i,
                        i % 10 == 0 ? 16 : 0))
        .collect(Collectors.joining(",", ",\"rows\":[", "]"));
  }

  private JsonTree command(String id, String status) throws IOException {
    JsonTree command = box.nextCommand();
    assertEquals("report-status", command.string("cmd").orElseThrow());
    assertEquals(id, command.child("args").string("id").orElseThrow());
    assertEquals(status, command.child("args").string("status").orElseThrow());
    assertTrue(command.string("id").orElseThrow().matches("[A-Za-z0-9_-]{1,64}"));
    return command;
  }

  @Test
  void aReportComesBackToItsBoxAndEveryPageShowsTheSame() throws IOException {
    box.switchOn();
    Page first = login(browser, "Li");
    first.await(INTAKE);
    Page second = login(browser, "Wang");
    second.await(INTAKE); // The newest page takes over.
    box.event(7, "report", PLACE + rows() + ",\"text\":\"a hole <b>in</b> the road\"");
    String id = box.eventId(7);
    JsonTree received = command(id, "received");
    box.acknowledge(received);
    for (Page page : List.of(first, second)) {
      page.click(item(id));
      page.awaitText("#headline", "a hole <b>in</b> the road");
      page.awaitText("#delivery", "The box shows “received”");
      page.awaitText(".rows summary", "The 30 rows before it");
      assertEquals("0", page.value("document.querySelectorAll('#desk b > b, h2 b').length"));
      assertEquals("3", page.value("document.querySelectorAll('td.doubt').length"));
    }
    first.click("[data-state=dispatched]");
    JsonTree dispatched = command(id, "dispatched");
    second.awaitText("#badge", "dispatched");
    second.awaitText(".history", "by Li");
    second.awaitText("#delivery", "on its way to the box");
    box.acknowledge(dispatched);
    first.awaitText("#delivery", "The box shows “dispatched”");
    second.key("o");
    second.awaitText("[data-state=done]", "Press again");
    second.key("o");
    box.acknowledge(command(id, "done"));
    first.awaitText("#delivery", "The box shows “done”");
    assertEquals(List.of(), box.arrivedCommands(), "each state is told once, by one page");
    assertEquals("true", first.value("document.querySelector('[data-state=rejected]').disabled"));
  }

  @Test
  void theMemoryIsTheBrokersAndSurvivesItsRestart() throws IOException {
    box.switchOn();
    Page page = login(browser, "");
    page.await(INTAKE);
    box.event(1, "report", PLACE);
    box.acknowledge(command(box.eventId(1), "received"));
    page.click(item(box.eventId(1)));
    page.awaitText("#delivery", "The box shows “received”");
    box.switchOff();
    broker.mosquitto().stop();
    page.await("document.body.dataset.link === 'down'");
    page.awaitText("#link", "Nothing can be sent");
    broker.mosquitto().start();
    page.await(LOADED);
    Page later = login(browser, "");
    later.click(item(box.eventId(1)));
    later.awaitText("#delivery", "The box shows “received”");
    later.awaitText("#facts", "40.070112, 116.326519");
    later.click("[data-state=dispatched]");
    box.switchOn();
    box.acknowledge(command(box.eventId(1), "dispatched"));
    page.awaitText("#delivery", "The box shows “dispatched”");
  }

  @Test
  void whatArrivesWhileNoPageIsOpenWaitsForTheNext() throws IOException {
    box.switchOn();
    Page page = login(browser, "");
    page.await(INTAKE);
    browser.kill();
    box.event(2, "report", PLACE);
    box.event(3, "odour", PLACE + ",\"by\":\"person\"");
    browser = new Chromium(dir);
    Page next = login(browser, "");
    box.acknowledge(command(box.eventId(2), "received"));
    next.awaitText(item(box.eventId(3)), "noticed by the courier");
    next.click(item(box.eventId(2)));
    next.awaitText("#delivery", "The box shows “received”");
    assertEquals(List.of(), box.arrivedCommands(), "a box is told about its reports only");
  }

  @Test
  void aBoxThatIsOffGetsTheCommandLaterAndThePageSaysSo() throws IOException {
    box.switchOn();
    Page page = login(browser, "");
    page.await(INTAKE);
    box.event(4, "report", PLACE);
    box.acknowledge(command(box.eventId(4), "received"));
    page.click(item(box.eventId(4)));
    page.awaitText("#delivery", "The box shows “received”");
    box.switchOff();
    page.awaitText("#facts", "sb-0042, off");
    page.click("[data-state=rejected]");
    page.awaitText("[data-state=rejected]", "Press again");
    page.click("[data-state=rejected]");
    page.awaitText("#badge", "rejected");
    page.awaitText("#delivery", "The box is off. The command waits for it until");
    page.awaitText("#delivery", "(7 days)");
    box.switchOn();
    box.acknowledge(command(box.eventId(4), "rejected"));
    page.awaitText("#delivery", "The box shows “rejected”");
  }

  @Test
  void aCommandThatFoundNoSessionIsSentAgainWhenTheBoxIsOnline() throws IOException {
    Page page = login(browser, "");
    page.await(INTAKE);
    box.event(13, "report", PLACE); // Before the box has ever subscribed.
    page.click(item(box.eventId(13)));
    page.awaitText("#delivery", "The broker has no session of this box");
    box.switchOn();
    box.acknowledge(command(box.eventId(13), "received"));
    page.awaitText("#delivery", "The box shows “received”");
  }

  @Test
  void aPageThatIsKilledBetweenMemoryAndCommandIsMadeGoodByAnother() throws IOException {
    box.switchOn();
    Page page = login(browser, "");
    page.await(INTAKE);
    box.event(5, "report", PLACE);
    box.acknowledge(command(box.eventId(5), "received"));
    // A page of the same login wrote the state, and was killed before it sent the command.
    String unused =
        page.value(
            """
            new Promise((done) => {
              const login = {username: 'desk', password: 'desk'};
              const link = new Mqtt5({...login, url: `ws://${location.host}/mqtt`,
                clientId: 'killed', cleanStart: true, sessionExpiryS: 0, keepAliveS: 60,
                onMessage: () => {}, onClose: () => {},
                onOpen: () => {
                  const id = 'sb-0042-41-5';
                  const now = Date.now();
                  const entry = {v: 1, id, box: 'sb-0042', kind: 'report', arrived: now,
                    states: {dispatched: {t: now, by: 'Wu'}}};
                  link.publish('streetbox/desk/report/' + id, JSON.stringify(entry), {retain: true})
                    .then(() => { link.drop('killed'); done(1); });
                }});
            })\
            """);
    box.acknowledge(command(box.eventId(5), "dispatched"));
    page.click(item(box.eventId(5)));
    page.awaitText(".history", "dispatched");
    page.awaitText(".history", "received");
    page.awaitText("#delivery", "The box shows “dispatched”");
  }

  @Test
  void hostileMessagesShowNothingAndStopNothing() throws IOException {
    box.switchOn();
    Page page = login(browser, "");
    page.await(INTAKE);
    String foreign = "{\"v\":1,\"box\":\"sb-0099\",\"boot\":1,\"id\":\"sb-0099-1-1\",\"kind\":";
    String time = ",\"t\":1795420800000,\"tq\":\"gnss\"";
    List<String> bodies =
        List.of(
            "",
            "null",
            "[[[[",
            "{\"v\":1}",
            foreign + "\"report\"" + time + "}",
            "{\"v\":1,\"box\":\"sb-0042\",\"boot\":41,\"id\":\"sb-0042-41-../x\",\"kind\":\"report\""
                + time
                + "}",
            "{\"v\":1,\"box\":\"sb-0042\",\"boot\":41,\"id\":\"sb-0042-41-9\",\"kind\":\"report\""
                + time
                + ",\"cancelled\":\"sb-0001-1-1\"}",
            "{\"__proto__\":{\"v\":1},\"box\":\"sb-0042\"}");
    for (String body : bodies) {
      box.publish("event", body);
    }
    String script = "<img src=x onerror=document.title='owned'>";
    box.event(
        6,
        "report",
        ",\"lat\":1e99,\"lon\":\"x\",\"rows\":[null,7,{\"t\":\"x\"},{\"t\":1795420800000,\"q\":[]}],\"text\":\""
            + script
            + "\"");
    JsonTree unused = command(box.eventId(6), "received");
    page.click(item(box.eventId(6)));
    page.awaitText("#headline", script);
    page.awaitText("#badge", "no place");
    assertEquals("1", page.value("document.querySelectorAll('[role=option]').length"));
    assertEquals("0", page.value("document.querySelectorAll('img').length"));
    assertEquals("(1) Streetbox desk", page.value("document.title"));
    page.await("document.querySelectorAll('#list li').length === 1");
  }

  @Test
  void aReportThatIsTakenBackIsMarkedInWhateverOrder() throws IOException {
    box.switchOn();
    Page page = login(browser, "");
    page.await(INTAKE);
    box.event(11, "report", ",\"cancelled\":\"" + box.eventId(10) + "\"");
    box.event(10, "report", PLACE);
    JsonTree unused = command(box.eventId(10), "received");
    page.click("[data-filter=all]");
    page.awaitText(item(box.eventId(10)), "taken back by the courier");
    assertEquals("1", page.value("document.querySelectorAll('[role=option]').length"));
  }

  @Test
  void theLoginMayDoNothingElseAndAWrongPasswordIsSaidInWords() throws IOException {
    Page page = browser.open(broker.page("desk/"));
    page.await("document.querySelector('#login') && !document.querySelector('#login').hidden");
    page.type("#user", "desk");
    page.type("#password", "wrong");
    page.click("#login button");
    page.awaitText("#refused", "Not logged in");
    Page desk = login(browser, "");
    desk.await(INTAKE);
    String codes =
        """
        (async () => {
          const link = await new Promise((done) => {
            const made = new Mqtt5({url: `ws://${location.host}/mqtt`, clientId: 'try', username: 'desk',
              password: 'desk', cleanStart: true, sessionExpiryS: 0, keepAliveS: 60,
              onMessage: () => {}, onClose: () => {}, onOpen: () => done(made)});
          });
          const topics = ['sb-0042/cmd', 'sb-0042/cmd/set', 'sb-0042/event', 'sb-0042/state', 'x/cmd/report-status'];
          const codes = [];
          for (const topic of topics) codes.push(await link.publish('streetbox/v1/' + topic, '{}'));
          return codes;
        })()\
        """;
    // 0x87 not authorised; 0x10 allowed, and nobody subscribes.
    assertEquals("135,135,135,135,16", desk.value("await " + codes));
  }

  @Test
  void positionsAreShiftedToGcj02OnlyForTheMap() throws IOException {
    Page page = browser.open(broker.page("desk/"));
    page.await("typeof gcj02 === 'function'");
    assertEquals("31.175304,121.531542", shifted(page, "31.1774276, 121.5272106"));
    assertEquals("22.540796,113.917176", shifted(page, "22.543847, 113.912316"));
    assertEquals("39.913345,116.384047", shifted(page, "39.911954, 116.377817"));
    assertEquals("52.520000,13.405000", shifted(page, "52.52, 13.405"));
  }

  private static String shifted(Page page, String place) throws IOException {
    return page.value("gcj02(" + place + ").map((x) => x.toFixed(6)).join()");
  }

  @Test
  void thePageIsDrawnOnAWideAndANarrowWindowInLightAndDark() throws IOException {
    box.switchOn();
    Page page = login(browser, "Li");
    page.await(INTAKE);
    box.event(7, "report", PLACE + rows() + ",\"text\":\"a hole in the road\"");
    box.event(
        8,
        "odour",
        ",\"lat\":40.0723,\"lon\":116.331,\"quantity\":\"voc_index\",\"peak\":412,\"duration_s\":48");
    box.event(9, "tamper", ",\"lat\":40.0683,\"lon\":116.321");
    box.acknowledge(command(box.eventId(7), "received"));
    page.await("document.querySelectorAll('.pin').length === 3");
    page.click(item(box.eventId(7)));
    page.awaitText("#delivery", "The box shows");
    for (String look :
        List.of("1280,860,light", "390,844,light", "1280,860,dark", "390,844,dark")) {
      String[] words = look.split(",", -1);
      page.look(Integer.parseInt(words[0]), Integer.parseInt(words[1]), words[2].equals("dark"));
      page.await("innerWidth === " + words[0]);
      assertEquals(words[0], page.value("document.documentElement.scrollWidth"), "no scrolling");
      Path shot = shots().resolve("desk-" + look.replace(',', '-') + ".png");
      page.screenshot(shot);
      BufferedImage image = ImageIO.read(shot.toFile());
      assertEquals(words[0] + "," + words[1], image.getWidth() + "," + image.getHeight());
    }
  }

  /** Returns the folder of the screenshots, which stay for a person to look at. */
  private static Path shots() throws IOException {
    return Files.createDirectories(Path.of("target/screenshots"));
  }

  @Test
  void theMemoryExpiresThirtyDaysAfterTheReport() throws IOException {
    box.switchOn();
    Page page = login(browser, "");
    page.await(INTAKE);
    box.event(12, "report", PLACE);
    JsonTree unused = command(box.eventId(12), "received");
    String filter = "streetbox/desk/report/" + box.eventId(12);
    Eventually.holds(
        "the retained entry with its expiry",
        () -> {
          try (MosquittoSub reader =
              new MosquittoSub(
                  broker.mosquitto(), filter, "-u", "box", "-P", "box", "-F", "> %t %r %E %p")) {
            MosquittoSub.Message message = reader.next();
            long expiryS = Long.parseLong(message.contentType());
            return message.retained() && expiryS > 2_591_000 && expiryS <= 2_592_000;
          }
        });
  }
}
