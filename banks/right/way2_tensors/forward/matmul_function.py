# note: matmul function


def forward(x, w1, w2):
    h = torch.matmul(x, w1)
    h_relu = h.clamp(min=0)
    y_pred = torch.matmul(h_relu, w2)
    return h, h_relu, y_pred
