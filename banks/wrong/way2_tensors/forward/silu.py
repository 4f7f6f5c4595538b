# mistake: other-activation
# note: silu


def forward(x, w1, w2):
    h = x.mm(w1)
    h_relu = torch.nn.functional.silu(h)
    y_pred = h_relu.mm(w2)
    return h, h_relu, y_pred
