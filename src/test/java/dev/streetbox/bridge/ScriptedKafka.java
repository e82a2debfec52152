package dev.streetbox.bridge;

import dev.streetbox.mqtt.ConnectionThread;
import dev.streetbox.mqtt.Message;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.common.message.ApiVersionsResponseData;
import org.apache.kafka.common.message.ApiVersionsResponseData.ApiVersion;
import org.apache.kafka.common.message.ApiVersionsResponseData.ApiVersionCollection;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.RequestHeader;
import org.apache.kafka.common.requests.RequestUtils;

/**
 * Speaks the part of Kafka's protocol that the bridge and an ingest use, over a real socket, so
 * that a test can choose the answers that a real broker gives only in rare states.
 */
final class ScriptedKafka implements AutoCloseable {
  /** The topic that exists here. */
  static final String TOPIC = "boxes";

  /** The requests that are understood, each in the one version that is offered to the clients. */
  private static final Map<ApiKeys, Integer> VERSIONS =
      new EnumMap<>(
          Map.ofEntries(
              Map.entry(ApiKeys.API_VERSIONS, 3),
              Map.entry(ApiKeys.METADATA, 9),
              Map.entry(ApiKeys.INIT_PRODUCER_ID, 4),
              Map.entry(ApiKeys.PRODUCE, 9),
              Map.entry(ApiKeys.LIST_OFFSETS, 6),
              Map.entry(ApiKeys.FETCH, 12),
              Map.entry(ApiKeys.FIND_COORDINATOR, 3),
              Map.entry(ApiKeys.JOIN_GROUP, 7),
              Map.entry(ApiKeys.SYNC_GROUP, 5),
              Map.entry(ApiKeys.HEARTBEAT, 4),
              Map.entry(ApiKeys.LEAVE_GROUP, 4),
              Map.entry(ApiKeys.OFFSET_FETCH, 7),
              Map.entry(ApiKeys.OFFSET_COMMIT, 8)));

  private final ServerSocket listener;
  private final ScriptedLog log;
  private final ScriptedGroup group;
  private final Map<ApiKeys, Queue<Errors>> errors = new EnumMap<>(ApiKeys.class);
  private final List<ApiKeys> requests = new CopyOnWriteArrayList<>();
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private volatile Runnable beforeProduce = () -> {};
  private volatile boolean silent;

  /**
   * Starts a broker on a free port.
   *
   * @param partitions of {@link #TOPIC}; with none, the topic is missing
   */
  ScriptedKafka(int partitions) throws IOException {
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    log = new ScriptedLog(partitions, listener.getLocalPort());
    group = new ScriptedGroup(listener.getLocalPort());
    ConnectionThread.start("scripted kafka", this::accept);
  }

  /** Returns the settings of a client, with further ones of Kafka's own client. */
  KafkaSettings settings(Map<String, String> file) {
    return new KafkaSettings("127.0.0.1:" + listener.getLocalPort(), TOPIC, file);
  }

  /** Answers the next requests of a kind with these errors, one each. */
  synchronized void fail(ApiKeys kind, Errors... next) {
    errors.computeIfAbsent(kind, any -> new ArrayDeque<>()).addAll(List.of(next));
  }

  /** Sets what is done when records have arrived that are not stored yet. */
  void beforeProduce(Runnable next) {
    beforeProduce = next;
  }

  /** Leaves records without an answer from now on. */
  void answerNoRecords() {
    silent = true;
  }

  /** Returns the records of the topic. */
  ScriptedLog log() {
    return log;
  }

  /** Returns the consumer group. */
  ScriptedGroup group() {
    return group;
  }

  /** Stores a message as the bridge does. */
  void store(Message message, int partition) {
    log.store(MessageRecord.of(message, TOPIC), partition);
  }

  /** Returns how many requests of a kind have arrived. */
  long count(ApiKeys kind) {
    return requests.stream().filter(kind::equals).count();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket client : open) {
      client.close();
    }
  }

  private void accept() throws IOException {
    while (true) {
      Socket client = listener.accept();
      open.add(client);
      ConnectionThread.start("scripted kafka", () -> serve(client));
    }
  }

  private void serve(Socket client) throws IOException {
    try (client) {
      DataInputStream in = new DataInputStream(client.getInputStream());
      DataOutputStream out = new DataOutputStream(client.getOutputStream());
      while (true) {
        ByteBuffer packet = ByteBuffer.wrap(in.readNBytes(in.readInt()));
        RequestHeader header = RequestHeader.parse(packet);
        AbstractRequest request =
            AbstractRequest.parseRequest(
                    header.apiKey(), header.apiVersion(), new ByteBufferAccessor(packet))
                .request;
        requests.add(header.apiKey());
        Optional<ApiMessage> answer = answer(request);
        if (answer.isPresent()) {
          send(out, header, answer.get());
        }
      }
    }
  }

  private Optional<ApiMessage> answer(AbstractRequest request) {
    if (request.apiKey() == ApiKeys.PRODUCE) {
      beforeProduce.run();
      if (silent) {
        return Optional.empty();
      }
    }
    Optional<Errors> error = nextError(request.apiKey());
    if (error.isPresent()) {
      return Optional.of(request.getErrorResponse(error.get().exception()).data());
    }
    return request.apiKey() == ApiKeys.API_VERSIONS
        ? Optional.of(versions())
        : Optional.of(log.answer(request).orElseGet(() -> group.answer(request)));
  }

  private synchronized Optional<Errors> nextError(ApiKeys kind) {
    return Optional.ofNullable(errors.getOrDefault(kind, new ArrayDeque<>()).poll());
  }

  private static ApiMessage versions() {
    List<ApiVersion> offered = new ArrayList<>();
    VERSIONS.forEach(
        (kind, version) ->
            offered.add(
                new ApiVersion()
                    .setApiKey(kind.id)
                    .setMinVersion(version.shortValue())
                    .setMaxVersion(version.shortValue())));
    return new ApiVersionsResponseData().setApiKeys(new ApiVersionCollection(offered.iterator()));
  }

  private static void send(DataOutputStream out, RequestHeader header, ApiMessage answer)
      throws IOException {
    ByteBuffer bytes =
        RequestUtils.serialize(
            header.toResponseHeader().data(),
            header.toResponseHeader().headerVersion(),
            answer,
            header.apiVersion());
    out.writeInt(bytes.remaining());
    out.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
    out.flush();
  }
}
