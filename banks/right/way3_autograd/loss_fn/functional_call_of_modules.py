# note: layers that borrow the weights
from torch.func import functional_call

net = torch.nn.Sequential(
    torch.nn.Linear(1, 1, bias=False), torch.nn.ReLU(), torch.nn.Linear(1, 1, bias=False)
)


def loss_fn(x, y, w1, w2):
    y_pred = functional_call(net, {"0.weight": w1.T, "2.weight": w2.T}, (x,))
    return torch.nn.MSELoss(reduction="sum")(y_pred, y)
