# note: torch.max with two tensors compares element by element: right here


def forward(x, w1, w2):
    h = x @ w1
    h_relu = torch.max(h, torch.zeros_like(h))
    return h, h_relu, h_relu @ w2
