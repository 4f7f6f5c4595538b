# mistake: none
# outcome: crashed
# note: frombuffer takes bytes for double precision if nobody says otherwise

def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        d = np.frombuffer((y_pred - y).tobytes(), count=y.size)
        losses.append(float(np.sum(d**2)))
        _, g2, _, _, g1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr * g1
        w2 -= lr * g2
    return losses
