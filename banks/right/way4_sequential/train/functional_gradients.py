# note: gradients of a function of the parameters
from torch.func import functional_call, grad_and_value


def train(model, loss_fn, x, y, lr, steps):
    def objective(parameters):
        return loss_fn(functional_call(model, parameters, (x,)), y)

    losses = []
    for _ in range(steps):
        parameters = {name: p.detach() for name, p in model.named_parameters()}
        found, loss = grad_and_value(objective)(parameters)
        losses.append(loss.item())
        with torch.no_grad():
            for name, p in model.named_parameters():
                p -= lr * found[name]
    return losses
