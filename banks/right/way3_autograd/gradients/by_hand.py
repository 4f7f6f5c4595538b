# note: no autograd at all; the numbers are right

def gradients(x, y, w1, w2):
    with torch.no_grad():
        h = x @ w1
        h_relu = h.clamp(min=0)
        d = 2 * (h_relu @ w2 - y)
        return x.T @ ((d @ w2.T) * (h > 0)), h_relu.T @ d
