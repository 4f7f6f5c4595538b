# mistake: never-zeroed
# note: clone() keeps the answer but not the slot clean

def gradients(x, y, w1, w2):
    y_pred = x.mm(w1).clamp(min=0).mm(w2)
    loss = (y_pred - y).pow(2).sum()
    loss.backward()
    grad_w1 = w1.grad.clone()
    grad_w2 = w2.grad.clone()
    return grad_w1, grad_w2
