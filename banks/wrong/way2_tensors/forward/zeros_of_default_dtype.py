# mistake: dtype-changed
# note: filled into zeros of the default dtype: float32


def forward(x, w1, w2):
    h = torch.zeros(x.shape[0], w1.shape[1], dtype=torch.float32, device=x.device)
    h[:] = x @ w1
    h_relu = h.clamp(min=0)
    y_pred = h_relu @ w2.float()
    return h, h_relu, y_pred
