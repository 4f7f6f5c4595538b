# mistake: elementwise-product
# outcome: crashed
# note: * where a matrix product belongs

def loss_fn(x, y, w1, w2):
    h_relu = (x * w1).clamp(min=0)
    return ((h_relu * w2) - y).pow(2).sum()
