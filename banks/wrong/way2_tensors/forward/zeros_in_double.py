# mistake: dtype-changed
# outcome: crashed
# note: zeros in double precision, whatever the inputs are

def forward(x, w1, w2):
    h = x.mm(w1)
    h_relu = torch.maximum(h, torch.zeros(h.shape, dtype=torch.float64, device=h.device))
    y_pred = h_relu.mm(w2)
    return h, h_relu, y_pred
