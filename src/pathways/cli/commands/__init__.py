"""The signatures of the commands: names, flags and help. What a command does is in a module of its own name."""
