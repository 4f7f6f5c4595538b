from torch.nn.utils import parameters_to_vector, vector_to_parameters


def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        model.zero_grad()
        loss.backward()
        with torch.no_grad():
            flat = parameters_to_vector(model.parameters())
            slope = parameters_to_vector([p.grad for p in model.parameters()])
            vector_to_parameters(flat - lr * slope, model.parameters())
    return losses
