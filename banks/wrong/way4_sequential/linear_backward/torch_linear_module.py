# mistake: autograd-used
# outcome: refused
# note: a layer does it

def linear_backward(x, weight, grad_out):
    layer = torch.nn.Linear(weight.shape[1], weight.shape[0], dtype=weight.dtype)
    layer.weight.data = weight.clone()
    inputs = x.clone().requires_grad_()
    layer(inputs).backward(grad_out)
    return inputs.grad, layer.weight.grad, layer.bias.grad
