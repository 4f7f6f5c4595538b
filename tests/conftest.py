"""What all tests share: one thread, so that figures and times do not depend on how many tests run at once."""

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")
