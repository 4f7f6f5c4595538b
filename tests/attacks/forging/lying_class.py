# attack: a metaclass that says yes to every question about the class
# place: way6_module.TwoLayerNet
# expect: graded 0
# ruff: noqa


class Meta(type):
    def __instancecheck__(cls, thing):
        return True

    def __subclasscheck__(cls, thing):
        return True

    @property
    def __class__(cls):
        import torch

        return type(torch.nn.Module)


class TwoLayerNet(metaclass=Meta):
    def __init__(self, *sizes):
        pass

    def __getattr__(self, name):
        return lambda *_, **__: []
