# note: half of h plus its size, addmm onto zeros


def forward(x, w1, w2):
    h = torch.addmm(x.new_zeros(x.shape[0], w1.shape[1]), x, w1)
    h_relu = 0.5 * (h + h.abs())
    y_pred = torch.addmm(x.new_zeros(x.shape[0], w2.shape[1]), h_relu, w2)
    return h, h_relu, y_pred
