# %% array_filled note="a tensor that is filled; retain_graph is not needed and does no harm"
def train(model, loss_fn, optimizer, x, y, steps):
    losses = torch.zeros(steps)
    for i in range(steps):
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        loss.backward(retain_graph=True)
        losses[i] = loss.detach()
        optimizer.step()
    return losses

# %% as_in_the_original
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for t in range(steps):
        y_pred = model(x)
        loss = loss_fn(y_pred, y)
        losses.append(loss.item())
        model.zero_grad()
        loss.backward()
        optimizer.step()
    return losses

# %% both_zeroed note="model.zero_grad and optimizer.zero_grad, to be on the safe side"
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        model.zero_grad()
        optimizer.zero_grad()
        y_pred = model.forward(x)
        loss = loss_fn(y_pred, y)
        torch.autograd.backward(loss)
        optimizer.step()
        losses.append(loss.item())
    return losses

# %% closure
def train(model, loss_fn, optimizer, x, y, steps):
    def closure():
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        loss.backward()
        return loss

    return [optimizer.step(closure).item() for _ in range(steps)]

# %% grads_none_by_hand
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        for p in model.parameters():
            p.grad = None
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    return losses

# %% grads_put_in_by_hand
def train(model, loss_fn, optimizer, x, y, steps):
    params = list(model.parameters())
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        for p, g in zip(params, torch.autograd.grad(loss, params)):
            p.grad = g
        optimizer.step()
    return losses

# %% loss_taken_in_a_pass_of_its_own note="one pass to write down the loss, a second one for the gradients"
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        with torch.no_grad():
            losses.append(loss_fn(model(x), y).item())
        optimizer.zero_grad(set_to_none=True)
        loss_fn(model(x), y).backward()
        optimizer.step()
    return losses

# %% one_step_function
def one_step(model, loss_fn, optimizer, x, y):
    loss = loss_fn(model(x), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.item()


def train(model, loss_fn, optimizer, x, y, steps):
    return tuple(one_step(model, loss_fn, optimizer, x, y) for _ in range(steps))

# %% optimizer_zero_first
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses

# %% tensors_stacked
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    while len(losses) < steps:
        loss = loss_fn(model(x), y)
        losses.append(loss.detach())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return torch.stack(losses)

# %% train_mode_and_array
def train(model, loss_fn, optimizer, x, y, steps):
    model.train()
    losses = np.empty(steps)
    for i in range(steps):
        loss = loss_fn(model(x), y)
        losses[i] = loss.item()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses

# %% with_enable_grad
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    with torch.enable_grad():
        for t in range(1, steps + 1):
            loss = loss_fn(model(x), y)
            if t % 100 == 0:
                print(t, loss.item())
            losses += [loss.item()]
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    return losses

# %% zero_at_the_end
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(float(loss))
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
    return losses

# %% zero_kept_as_tensors
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        optimizer.zero_grad(set_to_none=False)
        loss = loss_fn(model(x), y)
        losses.append(loss.detach().item())
        loss.backward()
        optimizer.step()
    return losses

# %% zeroed_over_the_groups note="the gradients are emptied by hand, over the groups of the optimizer"
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        for group in optimizer.param_groups:
            for p in group["params"]:
                if p.grad is not None:
                    p.grad.detach_()
                    p.grad.zero_()
        loss = loss_fn(model(x), y)
        loss.backward()
        losses.append(loss.detach().numpy())
        optimizer.step()
    return losses

# %% backward_forgotten mistake="backward-not-called" note="nobody filled .grad, and step says nothing"
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        optimizer.step()
    return losses

# %% backward_without_parentheses mistake="backward-not-called" note="named, not called"
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward
        optimizer.step()
    return losses

# %% losses_kept_in_float32 note="the record has half the digits; the training has all"
def train(model, loss_fn, optimizer, x, y, steps):
    losses = np.zeros(steps, dtype=np.float32)
    for i in range(steps):
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        losses[i] = loss.item()
        loss.backward()
        optimizer.step()
    return losses

# %% forward_in_no_grad mistake="forward-in-no-grad" outcome="crashed" note="the block of the ways before, around too much"
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        optimizer.zero_grad()
        with torch.no_grad():
            loss = loss_fn(model(x), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    return losses

# %% forward_before_the_loop mistake="forward-outside-loop" outcome="crashed" note="one forward pass, many backward passes"
def train(model, loss_fn, optimizer, x, y, steps):
    loss = loss_fn(model(x), y)
    losses = []
    for _ in range(steps):
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses

# %% forward_before_the_loop_retained mistake="forward-outside-loop" outcome="crashed" note="retain_graph=True: torch notices that the weights have changed since"
def train(model, loss_fn, optimizer, x, y, steps):
    y_pred = model(x)
    losses = []
    for _ in range(steps):
        loss = loss_fn(y_pred, y)
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward(retain_graph=True)
        optimizer.step()
    return losses

# %% notebook_optimizer mistake="global-not-argument" note="steps the notebook's optimizer"
def train(model, loss_fn, opt, x, y, steps):
    losses = []
    for _ in range(steps):
        model.zero_grad()
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    return losses

# %% list_made_in_the_loop mistake="last-loss-only" note="the list starts anew at each step"
def train(model, loss_fn, optimizer, x, y, steps):
    for _ in range(steps):
        losses = []
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    return losses

# %% item_before_backward mistake="loss-is-a-number" outcome="crashed" note="a float has no backward"
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        optimizer.zero_grad()
        loss = loss_fn(model(x), y).item()
        losses.append(loss)
        loss.backward()
        optimizer.step()
    return losses

# %% mean_loss mistake="mean-not-sum" note="loss_fn is replaced by MSELoss()"
def train(model, loss_fn, optimizer, x, y, steps):
    criterion = torch.nn.MSELoss()
    losses = []
    for _ in range(steps):
        optimizer.zero_grad()
        loss = criterion(model(x), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    return losses

# %% zero_grad_not_called mistake="never-zeroed" note="the parentheses of zero_grad"
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        optimizer.zero_grad
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    return losses

# %% zeroed_after_the_loop mistake="never-zeroed" note="one indentation too shallow"
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    model.zero_grad()
    return losses

# %% zeroed_before_the_loop mistake="never-zeroed" note="once, before the loop"
def train(model, loss_fn, optimizer, x, y, steps):
    optimizer.zero_grad()
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    return losses

# %% make_optimizer_in_the_loop mistake="new-optimizer-each-step" note="calls make_optimizer at each step"
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        opt = make_optimizer(model, optimizer.defaults["lr"])
        opt.zero_grad()
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        loss.backward()
        opt.step()
    return losses

# %% new_optimizer_in_the_loop mistake="new-optimizer-each-step" note="made anew at each step, the averages start at nothing again"
def train(model, loss_fn, optimizer, x, y, steps):
    lr = optimizer.param_groups[0]["lr"]
    losses = []
    for _ in range(steps):
        optimizer = torch.optim.Adam(model.parameters(), lr=lr)
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses

# %% state_cleared mistake="new-optimizer-each-step" note="thought that zeroing means to empty the whole optimizer"
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        optimizer.zero_grad()
        optimizer.state.clear()
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    return losses

# %% type_called_in_the_loop mistake="new-optimizer-each-step" note="the same class, a new object"
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        model.zero_grad()
        loss.backward()
        fresh = type(optimizer)(model.parameters(), lr=optimizer.param_groups[0]["lr"])
        fresh.step()
    return losses

# %% prediction_squeezed mistake="axis-squeezed" note="squeeze: with one output every prediction meets every target"
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        optimizer.zero_grad()
        loss = loss_fn(model(x).squeeze(), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    return losses

# %% own_optimizer_before_the_loop mistake="optimizer-ignored" note="an SGD of its own; the one handed in does nothing"
def train(model, loss_fn, optimizer, x, y, steps):
    optimizer = torch.optim.SGD(model.parameters(), lr=optimizer.param_groups[0]["lr"])
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses

# %% update_by_hand mistake="optimizer-ignored" note="the loop of the fourth way; the optimizer is not asked"
def train(model, loss_fn, optimizer, x, y, steps):
    lr = optimizer.param_groups[0]["lr"]
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        model.zero_grad()
        loss.backward()
        with torch.no_grad():
            for p in model.parameters():
                p -= lr * p.grad
    return losses

# %% return_inside_the_loop mistake="return-in-loop" note="one indentation too deep"
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
        return losses

# %% no_return mistake="returns-none" note="printed instead"
def train(model, loss_fn, optimizer, x, y, steps):
    for t in range(steps):
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        print(t, loss.item())
        loss.backward()
        optimizer.step()

# %% step_between_forward_and_backward mistake="step-before-backward" outcome="crashed" note="forward, step, backward: torch notices that the weights have changed in between"
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        optimizer.step()
        optimizer.zero_grad()
        loss.backward()
    return losses

# %% zero_step_backward mistake="step-before-backward" note="zero, step, backward: there is never a gradient when step looks"
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        optimizer.zero_grad()
        optimizer.step()
        loss.backward()
    return losses

# %% zero_step_first mistake="step-before-backward" note="the same, both at the top of the loop"
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        model.zero_grad()
        optimizer.step()
        loss = loss_fn(model(x), y)
        loss.backward()
        losses.append(loss.item())
    return losses

# %% no_step mistake="step-not-called" note="forgotten"
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        loss.backward()
    return losses

# %% one_step_short mistake="steps-off-by-one" note="range(1, steps)"
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(1, steps):
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    return losses

# %% step_after_the_loop mistake="update-after-loop" note="one indentation too shallow: a single step at the end"
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        loss.backward()
    optimizer.step()
    return losses

# %% step_called_twice mistake="updated-twice" note="step() two times"
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        optimizer.step()
    return losses

# %% model_and_optimizer_made_inside mistake="weights-reinitialised" note="the whole script of the original in one function"
def train(model, loss_fn, optimizer, x, y, steps):
    model = torch.nn.Sequential(
        torch.nn.Linear(x.shape[1], 100), torch.nn.ReLU(), torch.nn.Linear(100, y.shape[1])
    ).to(x)
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-4)
    losses = []
    for _ in range(steps):
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    return losses

# %% model_zeroed_between mistake="zeroed-too-early" note="the same through the model"
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        y_pred = model(x)
        loss = loss_fn(y_pred, y)
        loss.backward()
        model.zero_grad()
        optimizer.step()
        losses.append(loss.item())
    return losses

# %% slots_emptied_between mistake="zeroed-too-early" note="the same with None"
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        loss.backward()
        for p in model.parameters():
            p.grad = None
        optimizer.step()
    return losses

# %% zeroed_between_as_tensors mistake="zeroed-too-early" note="zeros instead of None: Adam counts its steps and does not move"
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.zero_grad(set_to_none=False)
        optimizer.step()
    return losses

# %% zeroed_by_hand_between mistake="zeroed-too-early" note="the loop of way 4 that empties the gradients, in the wrong place"
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        loss.backward()
        for p in model.parameters():
            p.grad.zero_()
        optimizer.step()
    return losses

# %% losses_smoothed mistake="losses-added-up" note="a running average, for a nicer curve"
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        value = loss.item()
        losses.append(value if not losses else 0.9 * losses[-1] + 0.1 * value)
        loss.backward()
        optimizer.step()
    return losses

# %% gradients_halved mistake="step-scaled" note="half of each gradient"
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        loss.backward()
        for p in model.parameters():
            if p.grad is not None:
                p.grad *= 0.5
        optimizer.step()
    return losses
