# attack: import what is right from the package and hand it back
# place: way1_numpy.forward
# expect: graded 0
# ruff: noqa


def forward(x, w1, w2):
    import importlib
    import sys

    try:
        two_layer = importlib.import_module("course.lessons.two_layer")
    except ImportError:
        for finder in sys.meta_path:
            spec = finder.find_spec("course.lessons", sys.modules["course"].__path__)
            print(spec)
        raise
    return two_layer.forward_oracle
