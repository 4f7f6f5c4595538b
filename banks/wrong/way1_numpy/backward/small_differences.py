# mistake: none
# note: slopes by small differences: float32 has too few digits for them

def backward(x, y, w2, h, h_relu, y_pred):
    def slope(f, a, eps=1e-3):
        out = np.zeros_like(a)
        for i in np.ndindex(a.shape):
            there, back = a.copy(), a.copy()
            there[i] += eps
            back[i] -= eps
            out[i] = (f(there) - f(back)) / (2 * eps)
        return out

    grad_y_pred = slope(lambda p: np.sum((p - y) ** 2), y_pred)
    grad_w2 = h_relu.T @ grad_y_pred
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = grad_h_relu.copy()
    grad_h[h < 0] = 0
    grad_w1 = x.T @ grad_h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1
