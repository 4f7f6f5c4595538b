"""A process that runs submissions, as `Warm` starts one with a socket, or `Plain` with what to skip."""

import sys

if sys.argv[1] == "--plain":
    from course.worker.plain import main

    main(sys.argv[2])
else:
    from course.worker.warm import serve

    serve(int(sys.argv[1]), "--torch" in sys.argv)
