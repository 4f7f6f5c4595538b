# attack: an answer that does not come and cannot be interrupted
# place: way1_numpy.make_data
# rest: right
# expect: graded 18
# ruff: noqa

import signal
import time


def make_data(rng, n, d_in, d_h, d_out):
    signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 64))
    time.sleep(60)
