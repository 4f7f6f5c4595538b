"""The one exception for what a user can put right."""


class CourseError(Exception):
    """Say in one sentence what is wrong and what to do; the command line shows it without a traceback."""
