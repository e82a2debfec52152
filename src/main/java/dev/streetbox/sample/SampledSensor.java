package dev.streetbox.sample;

import dev.streetbox.driver.Sensor;
import java.time.Duration;

/**
 * Describes a sensor to a {@link Sampler}.
 *
 * @param name the name, unique within the box and given to the board
 * @param sensor the driver, not started
 * @param period the time between reads; zero for the part's own rhythm. A part whose own period is
 *     zero is read without a pause in any case, since its reads wait for data
 */
public record SampledSensor(String name, Sensor sensor, Duration period) {}
