"""A warm process: started by `course.worker.Warm`, which hands it a socket."""

import sys

from course.worker.warm import serve

serve(int(sys.argv[1]), "--torch" in sys.argv)
