package dev.streetbox.command;

/**
 * Holds a command whose form is right.
 *
 * @param id the sender's id of it
 * @param arguments all that the command needs, and no other; their values are not checked
 * @param box the published id of the box under which it was sent
 */
public record Command(String id, CommandName name, Arguments arguments, String box) {}
