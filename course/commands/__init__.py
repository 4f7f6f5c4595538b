"""The commands of the program `course`: what several share, and groups of commands in separate modules."""
