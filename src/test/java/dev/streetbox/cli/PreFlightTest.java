package dev.streetbox.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.measure.JsonTree;
import dev.streetbox.part.Catalogue;
import dev.streetbox.part.SensorSettings;
import java.util.List;
import org.junit.jupiter.api.Test;

class PreFlightTest {
  private static final List<SensorSettings> SENSORS =
      List.of(
          SensorSettings.simulated("air", Catalogue.of("sht4x").orElseThrow()),
          SensorSettings.simulated("noise", Catalogue.of("sen0232").orElseThrow()),
          SensorSettings.simulated("gas", Catalogue.of("sgp40").orElseThrow()));

  private static final String GOOD =
      """
      {"tq":"gnss","sensors":[\
      {"name":"air","state":"running","age_ms":400,"readings":{"temp_c":21.4,"rh_pct":40,"q":0}},\
      {"name":"noise","state":"running","age_ms":400,"readings":\
      {"laeq_db":60,"lafmax_db":61,"q":0}},\
      {"name":"gas","state":"running","age_ms":400,"readings":{"voc_raw":30000,"q":256}}],\
      "gnss":{"mode":3},"link":{"state":"online"},"faults":[]}
      """;

  private static PreFlight judge(String status) throws Exception {
    return new PreFlight(JsonTree.parse(status), SENSORS);
  }

  private static void assertNotReady(String reason, String was, String is) throws Exception {
    assertTrue(GOOD.contains(was), was);
    PreFlight judged = judge(GOOD.replace(was, is));
    assertFalse(judged.isReady(), judged.text());
    assertTrue(judged.text().contains("not ready to ride:\n  " + reason), judged.text());
  }

  @Test
  void eachQuantityHasAWordAndAWarmUpDoesNotPreventTheRide() throws Exception {
    assertEquals(
        """
        LAeq            good
        LAFmax          good
        VOC index       warming up
        VOC raw         warming up
        temperature     good
        humidity        good
        ready to ride
        """,
        judge(GOOD).text());
    assertTrue(
        judge(GOOD).json().startsWith("{\"v\":1,\"ready\":true,\"quantities\":{\"laeq_db\":"),
        judge(GOOD).json());
  }

  @Test
  void whatIsMissingIsSaidInWords() throws Exception {
    assertNotReady(
        "air: does not run, the last fault: NACK",
        "\"state\":\"running\",\"age_ms\":400,\"readings\":{\"temp_c\"",
        "\"state\":\"waiting\",\"last_fault\":\"NACK\",\"readings\":{\"temp_c\"");
    assertNotReady("air: old", "400,\"readings\":{\"temp_c\"", "31000,\"readings\":{\"temp_c\"");
    assertNotReady("noise: faulty", "61,\"q\":0", "61,\"q\":128");
    assertNotReady("noise: missing", ",\"readings\":{\"laeq_db\":60,\"lafmax_db\":61,\"q\":0}", "");
    assertNotReady("no position fix yet", "\"mode\":3", "\"mode\":1");
    assertNotReady("no trusted time yet", "\"tq\":\"gnss\"", "\"tq\":\"est\"");
    assertNotReady(
        "store: disk full",
        "\"faults\":[]",
        "\"faults\":[{\"subsystem\":\"store\",\"place\":\"store\",\"text\":\"disk"
            + " full\",\"active\":true}]");
    assertNotReady("the box is dark", "{\"tq\"", "{\"dark\":true,\"tq\"");
  }

  @Test
  void withoutTheBrokerTheRideMayBegin() throws Exception {
    PreFlight judged = judge(GOOD.replace("online", "offline"));
    assertTrue(judged.isReady());
    assertTrue(judged.text().contains("note: the broker is not reached (offline)"), judged.text());
  }
}
