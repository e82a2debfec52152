// Not run: ThingsBoard could not be had here. Written from its documentation (Professional Edition, TBEL).
//
// The decoder of an uplink data converter for ThingsBoard's MQTT integration, topic filter streetbox/v1/+/live and
// streetbox/v1/+/backlog, QoS 1. Boxes need encoding = "json", because a decoder has no function that unpacks gzip.
// ThingsBoard keys telemetry by device, name and time: a row that comes twice is stored once, but a row whose time
// is corrected later stays beside the corrected one. So keep the rows by their key elsewhere (streetbox ingest) and
// take ThingsBoard as a view. It does not acknowledge after its database, so that a crash may lose messages.
//
// payload: the bytes of the message; metadata.topic: its topic.

var batch = decodeToJson(payload);
var telemetry = [];
for (var i = 0; i < batch.rows.length; i++) {
  var row = batch.rows[i];
  var values = {};
  foreach (field : row.entrySet()) {
    if (field.key != "t") {
      values[field.key] = field.value;
    }
  }
  values["boot"] = batch.boot;
  telemetry.push({ts: row.t, values: values});
}

return {
  deviceName: batch.box,
  deviceType: "streetbox",
  attributes: {boot: batch.boot, simulated: batch.sim == true},
  telemetry: telemetry
};
