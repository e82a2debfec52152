package dev.streetbox.sample;

import dev.streetbox.driver.Sensor;
import java.time.Duration;

/**
 * Describes a sensor to a {@link Sampler}.
 *
 * @param name unique within the box, known to the board
 * @param sensor not started
 * @param period how often it is read; zero for the part's own rhythm. A part whose own period is
 *     zero is read without a pause in any case, since its reads wait for it
 */
public record SampledSensor(String name, Sensor sensor, Duration period) {}
