"""``python3 -m course``: make or find `.venv`, then run the command line in it. Parses on old Pythons too."""

import gettext
import os
import sys


def main() -> None:
    if sys.version_info < (3, 11):
        # course.language needs a newer Python
        locale = os.path.join(os.path.dirname(os.path.abspath(__file__)), "locale")
        say = gettext.translation("course", locale, fallback=True).gettext
        told = say(
            "this is Python {version}, and the course needs 3.11 or newer; "
            "install one and start with it, for example: python3.12 -m course"
        )
        sys.exit("course: " + told.format(version="{}.{}".format(*sys.version_info[:2])))
    from course.bootstrap import enter

    enter(sys.argv[1:])  # returns only in a complete environment

    from course.cli import main as run

    run()


if __name__ == "__main__":
    main()
