
def gradients(x, y, w1, w2):
    def clear():
        w1.grad, w2.grad = None, None

    clear()
    loss_fn(x, y, w1, w2).backward()
    result = (w1.grad.detach().clone(), w2.grad.detach().clone())
    clear()
    return result
