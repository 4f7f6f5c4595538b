# mistake: none
# outcome: not_attempted
# note: the blank as it was handed out

class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        raise NotImplementedError()

    def forward(self, x):
        raise NotImplementedError()
