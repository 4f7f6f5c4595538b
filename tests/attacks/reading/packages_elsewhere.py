# attack: find packages, torch among them perhaps, in the folders of another Python
# place: way1_numpy.loss_fn
# expect: graded 0
# ruff: noqa

import glob
import os
import sys

PLACES = (sys.base_prefix + "/lib", "/usr/lib", "/usr/lib64", "/usr/local/lib", os.path.expanduser("~/.local/lib"))


def loss_fn(y_pred, y):
    own = {os.path.realpath(p) for p in sys.path}
    for place in PLACES:
        for folder in glob.glob(place + "/python*/*-packages") + glob.glob(place + "/*-packages"):
            for entry in [] if os.path.realpath(folder) in own else glob.glob(folder + "/*"):
                try:
                    os.listdir(entry) if os.path.isdir(entry) else open(entry, "rb").close()
                except OSError:
                    continue
                sys.path.insert(0, folder)
                return float(((y_pred - y) ** 2).sum())
    return 0.0
