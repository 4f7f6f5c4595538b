# mistake: needs-contiguous
# note: view wants its numbers in one row in memory; reshape does not

def forward(x, w1, w2):
    rows = x.view(-1).split(x.shape[1])
    h = torch.stack([row.matmul(w1) for row in rows])
    h_relu = h.clamp(min=0)
    y_pred = h_relu.mm(w2)
    return h, h_relu, y_pred
