# note: a function for each layer, in Fortran order where it falls so


def linear_back(inputs, weight, grad_out):
    return grad_out @ weight.T, np.asfortranarray(inputs.T @ grad_out)


def relu_back(before, grad_out):
    return np.where(before > 0, 1, 0).astype(grad_out.dtype) * grad_out


def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_h_relu, grad_w2 = linear_back(h_relu, w2, grad_y_pred)
    grad_h = relu_back(h, grad_h_relu)
    grad_w1 = x.T @ grad_h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1
