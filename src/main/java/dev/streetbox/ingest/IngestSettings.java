package dev.streetbox.ingest;

import dev.streetbox.listen.Subscription;
import java.util.regex.Pattern;

/**
 * Holds the settings of one ingest.
 *
 * @param database the JDBC URL, {@code jdbc:postgresql://HOST:PORT/NAME}
 * @param user the role at the database, or empty
 * @param password its password, or empty
 * @param schema the schema of the tables, made if it is missing
 * @param topicRoot the common beginning of all topics, without a slash at the end
 * @param name the name of this ingest, which the database shows for its connection
 * @param simulated what is done with messages of simulated boxes
 */
public record IngestSettings(
    String database,
    String user,
    String password,
    String schema,
    String topicRoot,
    String name,
    SimulatedMessages simulated) {
  private static final Pattern SCHEMA = Pattern.compile("[a-z][a-z0-9_]{0,40}");

  /**
   * @throws IllegalArgumentException if the URL, the schema's name or the topic root is none; the
   *     text is for a person
   */
  public IngestSettings {
    if (!database.startsWith("jdbc:postgresql:")) {
      throw new IllegalArgumentException(
          "a database is jdbc:postgresql://HOST:PORT/NAME, not " + database);
    }
    if (!SCHEMA.matcher(schema).matches()) {
      throw new IllegalArgumentException("a schema's name is 1 to 41 of a-z, 0-9 and _");
    }
    // Below another root each message would go to quarantine.
    Subscription.checkRoot(topicRoot);
  }
}
