# mistake: none
# note: autocast makes bfloat16 of float32

def backward(x, y, w2, h, h_relu, y_pred):
    with torch.autocast(x.device.type, dtype=torch.bfloat16):
        grad_y_pred = 2 * (y_pred - y)
        grad_w2 = h_relu.t().mm(grad_y_pred).to(w2.dtype)
        grad_h_relu = grad_y_pred.mm(w2.t()).to(w2.dtype)
        grad_h = grad_h_relu * (h > 0)
        grad_w1 = x.t().mm(grad_h).to(w2.dtype)
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1
