# mistake: none
# note: by hand, and the gate forgotten

def gradients(x, y, w1, w2):
    with torch.no_grad():
        h_relu = (x @ w1).clamp(min=0)
        d = 2 * (h_relu @ w2 - y)
        return x.T @ (d @ w2.T), h_relu.T @ d
