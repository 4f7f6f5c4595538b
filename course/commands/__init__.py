"""The commands of the program `course`: what several share, and groups of them in modules of their own."""
