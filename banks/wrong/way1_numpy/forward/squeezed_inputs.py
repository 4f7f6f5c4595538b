# mistake: none
# outcome: crashed
# note: squeeze takes away every axis of length 1

def forward(x, w1, w2):
    x, w1, w2 = x.squeeze(), w1.squeeze(), w2.squeeze()
    h = x @ w1
    h_relu = np.maximum(h, 0)
    y_pred = h_relu @ w2
    return h, h_relu, y_pred
