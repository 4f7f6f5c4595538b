# mistake: needs-contiguous
# note: writing to .shape is possible only for numbers in one row in memory

def forward(x, w1, w2):
    n, d_in = x.shape
    flat = np.array(x)
    flat.shape = -1
    h = np.array([flat[i * d_in : (i + 1) * d_in] @ w1 for i in range(n)])
    h_relu = np.maximum(h, 0)
    y_pred = h_relu @ w2
    return h, h_relu, y_pred
