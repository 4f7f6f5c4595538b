# mistake: none
# outcome: crashed
# note: frombuffer takes bytes for double precision if nobody says otherwise

def forward(x, w1, w2):
    h = x @ w1
    h_relu = np.frombuffer(h.tobytes()).reshape(h.shape).copy()
    h_relu[h < 0] = 0
    y_pred = h_relu @ w2
    return h, h_relu, y_pred
