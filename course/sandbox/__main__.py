"""A process that runs submissions, as `ForkServer` starts one with a socket, or `Unconfined` with what to skip."""

import sys

if sys.argv[1] == "--plain":
    from course.sandbox.unconfined import main

    main(sys.argv[2])
else:
    from course.sandbox.fork_server import serve

    serve(int(sys.argv[1]), sys.argv[2], sys.argv[3], "--torch" in sys.argv)
