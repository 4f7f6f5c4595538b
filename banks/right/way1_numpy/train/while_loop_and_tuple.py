# note: a while loop, copies inside, written back at the end, a tuple


def train(x, y, w1, w2, lr, steps):
    v1, v2 = w1.copy(), w2.copy()
    losses = ()
    done = 0
    while done < steps:
        h, h_relu, y_pred = forward(x, v1, v2)
        losses += (float(loss_fn(y_pred, y)),)
        _, g2, _, _, g1 = backward(x, y, v2, h, h_relu, y_pred)
        v1 = v1 - lr * g1
        v2 = v2 - lr * g2
        done += 1
    np.copyto(w1, v1)
    np.copyto(w2, v2)
    return losses
