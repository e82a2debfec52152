package dev.streetbox.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.Seeds;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Parses commands of which nothing may be trusted. */
class CommandDraftTest {
  private static final ReceivedCommand.Arrival RIGHT = ReceivedCommand.Arrival.RIGHT;

  private static String refusal(ReceivedCommand received) {
    return assertThrows(RefusedException.class, CommandDraft.of(received)::command).getMessage();
  }

  @Test
  void aCommandHasItsIdNameAndArguments() throws RefusedException {
    String json =
        "{\"id\":\"a_B-9\",\"cmd\":\"resend\",\"args\":{\"boot\":41,\"first\":1,\"last\":9}}";
    Command command = CommandDraft.of(Sent.json(1, json)).command();
    assertEquals("a_B-9", command.id());
    assertEquals(CommandName.RESEND, command.name());
    assertEquals(41, command.arguments().integer("boot", 1, 100));
    assertEquals("sb-1", command.box());
  }

  @Test
  void argumentsMayBeLeftOutWhereNoneIsNeeded() throws RefusedException {
    Command command = CommandDraft.of(Sent.json(1, "{\"cmd\":\"ping\",\"id\":\"1\"}")).command();
    assertEquals(CommandName.PING, command.name());
    assertEquals(60, command.arguments().integer("seconds", 1, 600, 60));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'id':'i','cmd':'ping'} x | i | no JSON object of a command",
        "{'id':'i','cmd':'ping'}{} | i | follows",
        "{'id':'i','cmd':'ping' | i | no JSON object of a command",
        "{'id':'i','cmd':'ping','args':{'a':NaN}} | i | no JSON object of a command",
        "{'id':'i','cmd':'ping','args':{'a':Infinity}} | i | no JSON object of a command",
        "{'id':'i','cmd':'ping','args':[]} | i | args must be an object",
        "{'id':'i','cmd':'ping','args':null} | i | args must be an object",
        "{'id':'i','cmd':'ping','args':{'a':1}} | i | no argument \"a\"",
        "{'id':'i','cmd':'ping','args':{'a':{}}} | i | \"a\" is no single value",
        "{'id':'i','cmd':'ping','args':{'a':[[[[1]]]]}} | i | \"a\" is no single value",
        "{'id':'i','cmd':'identify','args':{'seconds':1,'seconds':2}} | i | occurs twice",
        "{'id':'i','cmd':'ping','cmd':'ping'} | i | \"cmd\" occurs twice",
        "{'id':'i','id':'j','cmd':'ping'} | | \"id\" occurs twice",
        "{'id':'i','cmd':'reboot'} | i | no command \"reboot\"",
        "{'id':'i','cmd':'PING'} | i | no command \"PING\"",
        "{'id':'i','cmd':7} | i | cmd must be a string",
        "{'id':'i','cmd':{'cmd':'ping'}} | i | cmd must be a string",
        "{'id':'i'} | i | cmd must be a string",
        "{'cmd':'ping'} | | id must be",
        "{'id':7,'cmd':'ping'} | | id must be",
        "{'id':'','cmd':'ping'} | | id must be",
        "{'id':'a b','cmd':'ping'} | | id must be",
        "{'id':'ä','cmd':'ping'} | | id must be",
        "{'id':'i','cmd':'ping','qos':1} | i | no field \"qos\"",
        "{'id':'i','cmd':'ping','v':2} | i | v must be 1",
        "{'id':'i','cmd':'resend','args':{'boot':1,'first':1}} | i | needs the argument last",
        "{'id':'i','cmd':'set','args':{'key':'encoding'}} | i | needs the argument value",
        "[] | | no JSON object",
        "'ping' | | no JSON object",
        "null | | no JSON object",
        "{ | | no JSON object of a command"
      })
  void whatIsNoCommandIsRefusedWithAReason(String json, String id, String reason) {
    CommandDraft draft = CommandDraft.of(Sent.json(1, json.replace('\'', '"')));
    assertEquals(Optional.ofNullable(id), draft.id());
    String refusal = assertThrows(RefusedException.class, draft::command).getMessage();
    assertTrue(refusal.contains(reason), refusal);
  }

  @Test
  void anEmptyBodyAndOneThatIsNoUtf8AreRefused() {
    assertTrue(refusal(Sent.json(1, "")).contains("no JSON object"));
    ByteBuffer bytes = ByteBuffer.wrap(new byte[] {'{', '"', (byte) 0xc3, '(', '"'});
    assertTrue(
        refusal(new ReceivedCommand(1, "sb-1", false, "", bytes, "", RIGHT)).contains("UTF-8"));
  }

  @Test
  void deepNestingEndsWithARefusalAndTheIdThatCameBefore() {
    String json = "{\"id\":\"i\",\"args\":" + "[".repeat(2000) + "]".repeat(2000) + "}";
    CommandDraft draft = CommandDraft.of(Sent.json(1, json));
    assertEquals(Optional.of("i"), draft.id());
    assertThrows(RefusedException.class, draft::command);
  }

  @Test
  void fourKilobytesAreAcceptedAndOneByteMoreIsRefusedWithItsId() throws RefusedException {
    String start = "{\"id\":\"i\",\"cmd\":\"ping\"";
    String most = start + " ".repeat(4096 - start.length() - 1) + "}";
    assertEquals("i", CommandDraft.of(Sent.json(1, most)).command().id());
    CommandDraft more = CommandDraft.of(Sent.json(1, " " + most));
    assertEquals(Optional.of("i"), more.id());
    assertTrue(
        assertThrows(RefusedException.class, more::command).getMessage().contains("4097 bytes"));
  }

  @Test
  void theTopicNamesTheCommandOrNone() throws RefusedException {
    String ping = "{\"id\":\"i\",\"cmd\":\"ping\"}";
    assertEquals("i", CommandDraft.of(Sent.json(1, ping, "ping", RIGHT)).command().id());
    for (String other : new String[] {"set", "ping/x", "/", "ping/", "PING"}) {
      assertTrue(refusal(Sent.json(1, ping, other, RIGHT)).contains("topic cmd/"), other);
    }
  }

  @Test
  void retainedCommandsAndThoseAtQosZeroAreRefused() {
    String ping = "{\"id\":\"i\",\"cmd\":\"ping\"}";
    assertTrue(
        refusal(Sent.json(1, ping, "", new ReceivedCommand.Arrival(true, true)))
            .contains("retained"));
    assertTrue(
        refusal(Sent.json(1, ping, "", new ReceivedCommand.Arrival(false, false)))
            .contains("QoS 0"));
  }

  @Test
  void correlationDataAbove64BytesAreRefusedAndNotSentBack() {
    ByteBuffer ping =
        ByteBuffer.wrap("{\"id\":\"i\",\"cmd\":\"ping\"}".getBytes(StandardCharsets.UTF_8));
    ReceivedCommand most = new ReceivedCommand(1, "sb-1", false, "", ping, "0a".repeat(64), RIGHT);
    assertEquals("0a".repeat(64), most.answeredCorrelation());
    ReceivedCommand more = new ReceivedCommand(1, "sb-1", false, "", ping, "0a".repeat(65), RIGHT);
    assertTrue(refusal(more).contains("65 bytes"));
    assertEquals("", more.answeredCorrelation());
  }

  @Test
  void underANameOfAnotherDayOnlyResendAndReportStatusAreDone() throws RefusedException {
    for (CommandName name : CommandName.values()) {
      String arguments =
          switch (name) {
            case PING, ABOUT, DIAG, IDENTIFY -> "";
            case RESEND -> "\"boot\":1,\"first\":1,\"last\":1";
            case SET -> "\"key\":\"encoding\",\"value\":\"json\"";
            case REPORT_STATUS -> "\"id\":\"r\",\"status\":\"done\"";
          };
      String json = "{\"id\":\"i\",\"cmd\":\"%s\",\"args\":{%s}}".formatted(name.key(), arguments);
      ByteBuffer body = ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8));
      ReceivedCommand former = new ReceivedCommand(1, "sb-0", true, "", body, "", RIGHT);
      if (name == CommandName.RESEND || name == CommandName.REPORT_STATUS) {
        assertEquals(name, CommandDraft.of(former).command().name());
      } else {
        assertTrue(refusal(former).contains("another day"), name.key());
      }
    }
  }

  @Test
  void aNumberOutsideItsBoundsIsRefusedHoweverManyDigitsItHas() throws RefusedException {
    String json = "{\"id\":\"i\",\"cmd\":\"identify\",\"args\":{\"seconds\":%s}}";
    for (String wrong :
        new String[] {"0", "601", "-1", "1e2", "1.0", "99999999999999999999", "true"}) {
      Arguments arguments =
          CommandDraft.of(Sent.json(1, json.formatted(wrong))).command().arguments();
      assertThrows(RefusedException.class, () -> arguments.integer("seconds", 1, 600, 60), wrong);
    }
  }

  @Test
  void noBytesMakeTheParserThrow() {
    String valid = "{\"id\":\"i\",\"cmd\":\"set\",\"args\":{\"key\":\"encoding\",\"value\":null}}";
    Seeds.each(
        200,
        seed -> {
          SplittableRandom random = new SplittableRandom(seed);
          byte[] bytes = valid.getBytes(StandardCharsets.UTF_8);
          for (int flips = random.nextInt(6); flips >= 0; flips--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
          }
          ByteBuffer body = ByteBuffer.wrap(bytes, 0, random.nextInt(bytes.length + 1)).slice();
          CommandDraft draft =
              CommandDraft.of(new ReceivedCommand(1, "sb-1", false, "", body, "", RIGHT));
          try {
            draft.command();
          } catch (RefusedException e) {
            assertTrue(e.getMessage().length() < 300, e.getMessage());
          }
        });
  }
}
