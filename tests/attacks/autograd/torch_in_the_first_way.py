# attack: find torch by some other way in the lesson that is to do without
# place: way1_numpy.loss_fn
# expect: graded 0
# ruff: noqa

import ctypes
import glob
import importlib
import subprocess
import sys


def loss_fn(y_pred, y):
    sys.modules.pop("torch", None)
    try:
        torch = importlib.import_module("torch")
        return float((torch.from_numpy(y_pred) - torch.from_numpy(y)).pow(2).sum())
    except ImportError:
        pass
    for place in sys.path:
        for file in glob.glob(place + "/torch/lib/libtorch_cpu.so"):
            ctypes.CDLL(file)
    out = subprocess.run([sys.executable, "-c", "import torch; print(torch.ones(3).sum().item())"], capture_output=True)
    return float(out.stdout)
