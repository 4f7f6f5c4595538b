# note: turned round twice: not contiguous


def forward(x, w1, w2):
    h = (w1.mT @ x.mT).mT
    h_relu = h.clip(min=0)
    y_pred = (w2.permute(1, 0) @ h_relu.permute(1, 0)).permute(1, 0)
    return h, h_relu, y_pred
