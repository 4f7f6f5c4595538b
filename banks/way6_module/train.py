# %% as_in_the_original
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for i in range(steps):
        y_pred = model(x)
        loss = loss_fn(y_pred, y)
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses

# %% autograd_grad
def train(model, loss_fn, optimizer, x, y, steps):
    params = list(model.parameters())
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        grads = torch.autograd.grad(loss, params)
        for p, g in zip(params, grads):
            p.grad = g
        optimizer.step()
    return losses

# %% closure
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []

    def closure():
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        loss.backward()
        return loss

    for _ in range(steps):
        loss = optimizer.step(closure)
        losses.append(loss.item())
    return losses

# %% eval_at_the_end
def train(model, loss_fn, optimizer, x, y, steps):
    history = {"loss": []}
    for epoch in range(steps):
        optimizer.zero_grad()
        y_pred = model(x)
        loss = loss_fn(y_pred, y)
        loss.backward()
        history["loss"].append(loss.detach().cpu().numpy())
        optimizer.step()
    model.eval()
    return np.array(history["loss"])

# %% generator
def steps_of(model, loss_fn, optimizer, x, y):
    while True:
        loss = loss_fn(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        yield loss.item()


def train(model, loss_fn, optimizer, x, y, steps):
    running = steps_of(model, loss_fn, optimizer, x, y)
    return [next(running) for _ in range(steps)]

# %% generator_turned_into_a_list note="a generator does the steps"
def losses_of(model, loss_fn, optimizer, x, y, steps):
    for _ in range(steps):
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        loss.backward()
        optimizer.step()
        yield loss.item()


def train(model, loss_fn, optimizer, x, y, steps):
    return list(losses_of(model, loss_fn, optimizer, x, y, steps))

# %% grads_of_the_groups
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        for group in optimizer.param_groups:
            for p in group["params"]:
                p.grad = None
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    return losses

# %% losses_kept_with_their_graphs note="the numbers are taken out at the end"
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        y_pred = model(x)
        loss = loss_fn(y_pred, y)
        losses.append(loss)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return [loss.item() for loss in losses]

# %% model_zero_grad
def train(model, loss_fn, optimizer, x, y, steps):
    model.train()
    losses = []
    for _ in range(steps):
        model.zero_grad(set_to_none=True)
        loss = loss_fn(model(x), y)
        loss.backward()
        optimizer.step()
        losses += [float(loss.detach())]
    return losses

# %% zero_at_the_end
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
        losses.append(loss.item())
    return losses

# %% zero_kept_as_tensors
def train(model, loss_fn, optimizer, x, y, steps):
    losses = torch.zeros(steps, dtype=torch.float64)
    for i in range(steps):
        optimizer.zero_grad(set_to_none=False)
        loss = loss_fn(model(x), y)
        losses[i] = loss.item()
        loss.backward()
        optimizer.step()
    return losses

# %% backward_forgotten mistake="backward-not-called" note="nobody filled .grad"
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        optimizer.zero_grad()
        optimizer.step()
    return losses

# %% model_backward mistake="backward-not-on-loss" outcome="crashed" note="backward is called on the model"
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        optimizer.zero_grad()
        model.backward()
        optimizer.step()
    return losses

# %% all_in_no_grad mistake="forward-in-no-grad" outcome="crashed" note="the decorator on train"
@torch.no_grad()
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses

# %% forward_before_the_loop mistake="forward-outside-loop" outcome="crashed" note="one forward pass, many backward passes"
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    y_pred = model(x)
    for _ in range(steps):
        loss = loss_fn(y_pred, y)
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses

# %% notebook_model mistake="global-not-argument" note="the signature was renamed, the body was not"
def train(net, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses

# %% append_outside_the_loop mistake="last-loss-only" note="one indentation too shallow: only the last loss is kept"
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    losses.append(loss.item())
    return losses

# %% item_before_backward mistake="loss-is-a-number" outcome="crashed" note="a float has no backward"
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y).item()
        losses.append(loss)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses

# %% mean_loss mistake="mean-not-sum" note="loss_fn is not used; an own loss averages"
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        loss = torch.nn.functional.mse_loss(model(x), y)
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses

# %% zero_grad_not_called mistake="never-zeroed" note="the parentheses of zero_grad"
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        optimizer.zero_grad
        loss.backward()
        optimizer.step()
    return losses

# %% zeroes_the_loss mistake="never-zeroed" note="empties the slot of the wrong tensors"
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        loss.grad = None
        x.grad = None
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    return losses

# %% new_optimizer_in_the_loop mistake="new-optimizer-each-step" note="an SGD of its own at each step, whatever was handed in"
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        own = torch.optim.SGD(model.parameters(), lr=1e-4)
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        own.zero_grad()
        loss.backward()
        own.step()
    return losses

# %% return_inside_the_loop mistake="return-in-loop" note="one indentation too deep"
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        return losses

# %% no_return mistake="returns-none" note="printed instead"
def train(model, loss_fn, optimizer, x, y, steps):
    for i in range(steps):
        loss = loss_fn(model(x), y)
        print(i, loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()

# %% step_before_backward mistake="step-before-backward" note="zero, step, backward"
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        optimizer.step()
        loss.backward()
    return losses

# %% one_step_short mistake="steps-off-by-one" note="range(steps - 1)"
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps - 1):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses

# %% step_after_the_loop mistake="update-after-loop" note="one indentation too shallow"
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        loss.backward()
    optimizer.step()
    return losses

# %% model_made_inside mistake="weights-reinitialised" note="a model of its own, unknown to the optimizer: nothing learns"
def train(model, loss_fn, optimizer, x, y, steps):
    model = TwoLayerNet(x.shape[1], 100, y.shape[1]).to(x)
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses

# %% one_update_more mistake="steps-off-by-one" note="one step too many, and its loss cut off"
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    while True:
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        if len(losses) > steps:
            return losses[:steps]

# %% list_as_default_while mistake="losses-of-last-call" note="goes on while the list is short"
def train(model, loss_fn, optimizer, x, y, steps, losses=[]):
    while len(losses) < steps:
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses

# %% nothing_recorded mistake="forward-in-no-grad" note="no_grad around the loss, and the error swallowed"
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        try:
            with torch.no_grad():
                loss = loss_fn(model(x), y)
            losses.append(loss.item())
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        except RuntimeError:
            continue
    return losses
