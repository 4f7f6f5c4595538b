def loss_fn(x, y, w1, w2):
    total = 0
    for i in range(x.shape[0]):
        h = x[i] @ w1
        total = total + ((h.clamp(min=0) @ w2 - y[i]) ** 2).sum()
    return total
