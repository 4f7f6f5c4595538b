# mistake: leaky-relu
# note: slope 0.01 below zero

def loss_fn(x, y, w1, w2):
    y_pred = torch.nn.functional.leaky_relu(x.mm(w1)).mm(w2)
    return (y_pred - y).pow(2).sum()
