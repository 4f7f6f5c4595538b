# note: hardtanh with an endless top


def forward(x, w1, w2):
    h = x @ w1
    h_relu = torch.nn.functional.hardtanh(h, 0.0, float("inf"))
    return h, h_relu, h_relu @ w2
