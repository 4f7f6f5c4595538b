
class Summed(torch.nn.MSELoss):
    def __init__(self):
        super().__init__(reduction="sum")


def make_loss():
    return Summed()
