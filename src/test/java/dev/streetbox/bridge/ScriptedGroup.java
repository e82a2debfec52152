package dev.streetbox.bridge;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.message.FindCoordinatorResponseData;
import org.apache.kafka.common.message.HeartbeatResponseData;
import org.apache.kafka.common.message.JoinGroupRequestData;
import org.apache.kafka.common.message.JoinGroupRequestData.JoinGroupRequestProtocol;
import org.apache.kafka.common.message.JoinGroupResponseData;
import org.apache.kafka.common.message.JoinGroupResponseData.JoinGroupResponseMember;
import org.apache.kafka.common.message.LeaveGroupResponseData;
import org.apache.kafka.common.message.OffsetCommitRequestData.OffsetCommitRequestPartition;
import org.apache.kafka.common.message.OffsetCommitRequestData.OffsetCommitRequestTopic;
import org.apache.kafka.common.message.OffsetCommitResponseData;
import org.apache.kafka.common.message.OffsetCommitResponseData.OffsetCommitResponsePartition;
import org.apache.kafka.common.message.OffsetCommitResponseData.OffsetCommitResponseTopic;
import org.apache.kafka.common.message.OffsetFetchResponseData;
import org.apache.kafka.common.message.OffsetFetchResponseData.OffsetFetchResponsePartition;
import org.apache.kafka.common.message.OffsetFetchResponseData.OffsetFetchResponseTopic;
import org.apache.kafka.common.message.SyncGroupRequestData;
import org.apache.kafka.common.message.SyncGroupResponseData;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.FindCoordinatorRequest;
import org.apache.kafka.common.requests.HeartbeatRequest;
import org.apache.kafka.common.requests.JoinGroupRequest;
import org.apache.kafka.common.requests.LeaveGroupRequest;
import org.apache.kafka.common.requests.OffsetCommitRequest;
import org.apache.kafka.common.requests.OffsetFetchRequest;
import org.apache.kafka.common.requests.SyncGroupRequest;

/** Answers as the coordinator of a consumer group of one member, and keeps its offsets. */
final class ScriptedGroup {
  private static final String MEMBER = "member-1";

  private final Map<Integer, Long> offsets = new HashMap<>();
  private final int port;
  private String joined = "";

  ScriptedGroup(int port) {
    this.port = port;
  }

  /** Returns the committed offset of each partition that has one. */
  synchronized Map<Integer, Long> offsets() {
    return Map.copyOf(offsets);
  }

  /** Returns the group and the name with which the last member has joined. */
  synchronized String joined() {
    return joined;
  }

  /** Returns the answer to a request about the group. */
  synchronized ApiMessage answer(AbstractRequest request) {
    if (request instanceof FindCoordinatorRequest) {
      return new FindCoordinatorResponseData().setHost("127.0.0.1").setPort(port);
    }
    if (request instanceof JoinGroupRequest join) {
      return joined(join.data());
    }
    if (request instanceof SyncGroupRequest sync) {
      return assigned(sync.data());
    }
    if (request instanceof OffsetFetchRequest fetch) {
      return committed(fetch);
    }
    if (request instanceof OffsetCommitRequest commit) {
      return commit(commit);
    }
    if (request instanceof HeartbeatRequest) {
      return new HeartbeatResponseData();
    }
    if (request instanceof LeaveGroupRequest) {
      return new LeaveGroupResponseData();
    }
    throw new IllegalStateException("no answer to " + request.apiKey());
  }

  private ApiMessage joined(JoinGroupRequestData join) {
    JoinGroupRequestProtocol protocol = join.protocols().iterator().next();
    joined = join.groupId() + " " + join.groupInstanceId();
    return new JoinGroupResponseData()
        .setGenerationId(1)
        .setProtocolType(join.protocolType())
        .setProtocolName(protocol.name())
        .setLeader(MEMBER)
        .setMemberId(MEMBER)
        .setMembers(
            List.of(
                new JoinGroupResponseMember()
                    .setMemberId(MEMBER)
                    .setGroupInstanceId(join.groupInstanceId())
                    .setMetadata(protocol.metadata())));
  }

  /** Returns what the member, as leader of the group, has assigned to itself. */
  private static ApiMessage assigned(SyncGroupRequestData sync) {
    return new SyncGroupResponseData()
        .setProtocolType(sync.protocolType())
        .setProtocolName(sync.protocolName())
        .setAssignment(sync.assignments().get(0).assignment());
  }

  private ApiMessage committed(OffsetFetchRequest request) {
    OffsetFetchResponseTopic answer = new OffsetFetchResponseTopic().setName(ScriptedKafka.TOPIC);
    for (int partition : request.data().topics().get(0).partitionIndexes()) {
      answer
          .partitions()
          .add(
              new OffsetFetchResponsePartition()
                  .setPartitionIndex(partition)
                  .setMetadata("")
                  .setCommittedOffset(offsets.getOrDefault(partition, -1L)));
    }
    return new OffsetFetchResponseData().setTopics(List.of(answer));
  }

  private ApiMessage commit(OffsetCommitRequest request) {
    OffsetCommitResponseTopic answer = new OffsetCommitResponseTopic().setName(ScriptedKafka.TOPIC);
    for (OffsetCommitRequestTopic topic : request.data().topics()) {
      for (OffsetCommitRequestPartition one : topic.partitions()) {
        offsets.put(one.partitionIndex(), one.committedOffset());
        answer
            .partitions()
            .add(new OffsetCommitResponsePartition().setPartitionIndex(one.partitionIndex()));
      }
    }
    return new OffsetCommitResponseData().setTopics(List.of(answer));
  }
}
