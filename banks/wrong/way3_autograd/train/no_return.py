# mistake: returns-none
# note: printed the losses instead

def train(x, y, w1, w2, lr, steps):
    for t in range(steps):
        loss = loss_fn(x, y, w1, w2)
        print(t, loss.item())
        loss.backward()
        with torch.no_grad():
            w1 -= lr * w1.grad
            w2 -= lr * w2.grad
            w1.grad.zero_()
            w2.grad.zero_()
