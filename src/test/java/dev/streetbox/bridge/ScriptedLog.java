package dev.streetbox.bridge;

import dev.streetbox.bus.SystemTime;
import dev.streetbox.bus.Time;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.message.FetchRequestData.FetchPartition;
import org.apache.kafka.common.message.FetchRequestData.FetchTopic;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.message.FetchResponseData.FetchableTopicResponse;
import org.apache.kafka.common.message.FetchResponseData.PartitionData;
import org.apache.kafka.common.message.InitProducerIdResponseData;
import org.apache.kafka.common.message.ListOffsetsResponseData;
import org.apache.kafka.common.message.ListOffsetsResponseData.ListOffsetsPartitionResponse;
import org.apache.kafka.common.message.ListOffsetsResponseData.ListOffsetsTopicResponse;
import org.apache.kafka.common.message.MetadataResponseData;
import org.apache.kafka.common.message.MetadataResponseData.MetadataResponseBroker;
import org.apache.kafka.common.message.MetadataResponseData.MetadataResponsePartition;
import org.apache.kafka.common.message.MetadataResponseData.MetadataResponseTopic;
import org.apache.kafka.common.message.ProduceRequestData.PartitionProduceData;
import org.apache.kafka.common.message.ProduceResponseData;
import org.apache.kafka.common.message.ProduceResponseData.PartitionProduceResponse;
import org.apache.kafka.common.message.ProduceResponseData.TopicProduceResponse;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.FetchRequest;
import org.apache.kafka.common.requests.InitProducerIdRequest;
import org.apache.kafka.common.requests.ListOffsetsRequest;
import org.apache.kafka.common.requests.MetadataRequest;
import org.apache.kafka.common.requests.ProduceRequest;

/** Holds the records of the topic of a {@link ScriptedKafka}, and answers requests about them. */
final class ScriptedLog {
  /** A broker answers later if there are no new records, so that a client does not ask at once. */
  private static final long EMPTY_MS = 50;

  /** The places in a batch of records (KIP-98): checksum, and attributes, whose 3 bits say how. */
  private static final int CRC_AT = 17;

  private static final int ATTRIBUTES_AT = 21;

  private final List<List<SimpleRecord>> partitions = new ArrayList<>();
  private final Time time = new SystemTime();
  private final int port;
  private int compression;

  ScriptedLog(int partitions, int port) {
    this.port = port;
    for (int n = 0; n < partitions; n++) {
      this.partitions.add(new ArrayList<>());
    }
  }

  /** Adds a record. */
  synchronized void store(ProducerRecord<String, byte[]> made, int partition) {
    byte[] key = made.key().getBytes(StandardCharsets.UTF_8);
    partitions.get(partition).add(new SimpleRecord(0, key, made.value(), made.headers().toArray()));
    notifyAll();
  }

  /** Marks every batch as compressed: 2 by snappy, 3 by lz4, 4 by zstd. */
  synchronized void compressBy(int type) {
    compression = type;
  }

  /** Returns the values of the records of a partition, as text. */
  synchronized List<String> values(int partition) {
    return partitions.get(partition).stream()
        .map(one -> StandardCharsets.UTF_8.decode(one.value().duplicate()).toString())
        .toList();
  }

  /** Returns the answer to a request about the topic; empty for one about something else. */
  Optional<ApiMessage> answer(AbstractRequest request) {
    if (request instanceof MetadataRequest) {
      return Optional.of(metadata());
    }
    if (request instanceof InitProducerIdRequest) {
      return Optional.of(
          new InitProducerIdResponseData().setProducerId(7).setProducerEpoch((short) 0));
    }
    if (request instanceof ProduceRequest produce) {
      return Optional.of(stored(produce));
    }
    if (request instanceof ListOffsetsRequest) {
      return Optional.of(firstOffsets());
    }
    return request instanceof FetchRequest fetch ? Optional.of(fetched(fetch)) : Optional.empty();
  }

  private ApiMessage metadata() {
    MetadataResponseTopic topic =
        new MetadataResponseTopic()
            .setName(ScriptedKafka.TOPIC)
            .setErrorCode(
                partitions.isEmpty()
                    ? Errors.UNKNOWN_TOPIC_OR_PARTITION.code()
                    : Errors.NONE.code());
    for (int n = 0; n < partitions.size(); n++) {
      topic
          .partitions()
          .add(
              new MetadataResponsePartition()
                  .setPartitionIndex(n)
                  .setReplicaNodes(List.of(0))
                  .setIsrNodes(List.of(0)));
    }
    MetadataResponseData answer = new MetadataResponseData().setClusterId("scripted");
    answer.brokers().add(new MetadataResponseBroker().setHost("127.0.0.1").setPort(port));
    answer.topics().add(topic);
    return answer;
  }

  private synchronized ApiMessage stored(ProduceRequest request) {
    TopicProduceResponse answer = new TopicProduceResponse().setName(ScriptedKafka.TOPIC);
    for (PartitionProduceData sent : request.data().topicData().iterator().next().partitionData()) {
      for (Record record : ((MemoryRecords) sent.records()).records()) {
        partitions.get(sent.index()).add(new SimpleRecord(record));
      }
      answer.partitionResponses().add(new PartitionProduceResponse().setIndex(sent.index()));
    }
    ProduceResponseData all = new ProduceResponseData();
    all.responses().add(answer);
    return all;
  }

  private ApiMessage firstOffsets() {
    ListOffsetsTopicResponse answer = new ListOffsetsTopicResponse().setName(ScriptedKafka.TOPIC);
    for (int n = 0; n < partitions.size(); n++) {
      answer.partitions().add(new ListOffsetsPartitionResponse().setPartitionIndex(n).setOffset(0));
    }
    return new ListOffsetsResponseData().setTopics(List.of(answer));
  }

  private synchronized ApiMessage fetched(FetchRequest request) {
    FetchResponseData answer = new FetchResponseData();
    for (FetchTopic topic : request.data().topics()) {
      waitForRecords(topic);
      answer
          .responses()
          .add(
              new FetchableTopicResponse()
                  .setTopic(topic.topic())
                  .setPartitions(topic.partitions().stream().map(this::fetched).toList()));
    }
    return answer;
  }

  private boolean hasMore(FetchPartition asked) {
    return partitions.get(asked.partition()).size() > asked.fetchOffset();
  }

  private PartitionData fetched(FetchPartition asked) {
    List<SimpleRecord> all = partitions.get(asked.partition());
    long from = asked.fetchOffset();
    SimpleRecord[] left = all.stream().skip(from).toArray(SimpleRecord[]::new);
    return new PartitionData()
        .setPartitionIndex(asked.partition())
        .setHighWatermark(all.size())
        .setRecords(left.length == 0 ? MemoryRecords.EMPTY : records(from, left));
  }

  private MemoryRecords records(long from, SimpleRecord[] left) {
    MemoryRecords made = MemoryRecords.withRecords(from, Compression.NONE, left);
    if (compression > 0) {
      ByteBuffer bytes = made.buffer();
      bytes.putShort(ATTRIBUTES_AT, (short) compression);
      CRC32C crc = new CRC32C();
      crc.update(bytes.slice(ATTRIBUTES_AT, bytes.limit() - ATTRIBUTES_AT));
      bytes.putInt(CRC_AT, (int) crc.getValue());
      return MemoryRecords.readableRecords(bytes);
    }
    return made;
  }

  private void waitForRecords(FetchTopic topic) {
    long endMs = time.tickMs() + EMPTY_MS;
    try {
      while (topic.partitions().stream().noneMatch(this::hasMore) && time.tickMs() < endMs) {
        wait(EMPTY_MS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
