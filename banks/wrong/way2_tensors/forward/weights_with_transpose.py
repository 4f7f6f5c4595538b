# mistake: weights-transposed
# outcome: crashed
# note: w.t(), as nn.Linear does with its own layout


def forward(x, w1, w2):
    h = x.mm(w1.t())
    h_relu = h.clamp(min=0)
    y_pred = h_relu.mm(w2.t())
    return h, h_relu, y_pred
