package dev.streetbox.command;

import java.util.Optional;

/**
 * Reports that a command was done or refused.
 *
 * @param number the receiver's number for the message; 0 if the message arrived before this start
 * @param answer what to answer; empty if no id could be read
 * @param durable whether command and answer are on the disk, so that the message may be
 *     acknowledged before the broker has the answer
 */
public record HandledCommand(long number, Optional<Answer> answer, boolean durable) {}
