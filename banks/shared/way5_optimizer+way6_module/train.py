# %% backward_on_the_prediction mistake="backward-not-on-loss" outcome="crashed" note="the prediction is no number"
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        y_pred = model(x)
        losses.append(loss_fn(y_pred, y).item())
        optimizer.zero_grad()
        y_pred.backward()
        optimizer.step()
    return losses

# %% batch_mean_noted mistake="batch-mean" note="the noted loss is divided by the number of examples"
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        losses.append(loss.item() / len(x))
        loss.backward()
        optimizer.step()
    return losses

# %% gradients_not_put_in mistake="gradients-not-stored" note="autograd.grad hands the gradients back and stores nothing"
def train(model, loss_fn, optimizer, x, y, steps):
    params = list(model.parameters())
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        grads = torch.autograd.grad(loss, params)
        optimizer.step()
    return losses

# %% detached_prediction mistake="graph-cut" outcome="crashed" note="detached, so that the loss can be printed"
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        y_pred = model(x).detach()
        loss = loss_fn(y_pred, y)
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses

# %% loss_after_update mistake="loss-after-update" note="measured after the step"
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        optimizer.zero_grad()
        loss_fn(model(x), y).backward()
        optimizer.step()
        losses.append(loss_fn(model(x), y).item())
    return losses

# %% own_sum_of_squares mistake="loss-fn-ignored" note="the loss is written out; right as long as nobody asks for another one"
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        optimizer.zero_grad()
        loss = ((model(x) - y) ** 2).sum()
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    return losses

# %% loss_rewrapped mistake="loss-rewrapped" note="a new tensor from the number of the loss: backward runs and reaches nobody"
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        optimizer.zero_grad()
        loss = torch.tensor(loss.item(), requires_grad=True)
        loss.backward()
        optimizer.step()
    return losses

# %% nothing_noted mistake="losses-not-kept" note="the list stays empty"
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        loss.backward()
        optimizer.step()
    return losses

# %% flattened_with_view mistake="needs-contiguous" note="x goes through a view of one axis"
def train(model, loss_fn, optimizer, x, y, steps):
    x = x.view(-1).view(len(x), -1)
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses

# %% never_zeroed mistake="never-zeroed" note="gradients add up"
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    return losses

# %% loss_in_single mistake="none" note="half of the digits, \"for speed\""
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x).float(), y.float())
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses

# %% mixed_precision mistake="none" note="autocast makes bfloat16 of float32"
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        with torch.autocast(x.device.type, dtype=torch.bfloat16):
            y_pred = model(x)
        loss = loss_fn(y_pred.to(y.dtype), y)
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses

# %% untouched mistake="none" outcome="not_attempted" note="the blank as it was handed out"
def train(model, loss_fn, optimizer, x, y, steps):
    raise NotImplementedError()

# %% weights_zeroed_only mistake="one-not-zeroed" note="the biases keep their gradients"
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        for p in model.parameters():
            if p.dim() == 2:
                p.grad = None
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    return losses

# %% own_adam_before_the_loop mistake="optimizer-ignored" note="the line of the lesson inside the function; right as long as Adam is handed in"
def train(model, loss_fn, optimizer, x, y, steps):
    optimizer = torch.optim.Adam(model.parameters(), lr=optimizer.param_groups[0]["lr"])
    losses = []
    for _ in range(steps):
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    return losses

# %% step_at_the_top mistake="step-before-backward" note="all losses are right, but the last gradient is never used"
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        optimizer.step()
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        loss.backward()
    return losses

# %% step_without_parentheses mistake="step-not-called" note="named, not called"
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step
    return losses

# %% always_500_steps mistake="steps-ignored" note="500 written in"
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(500):
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    return losses

# %% copy_trained mistake="trained-a-copy" note="the copy makes the prediction, the optimizer holds the other one"
import copy


def train(model, loss_fn, optimizer, x, y, steps):
    net = copy.deepcopy(model)
    losses = []
    for _ in range(steps):
        optimizer.zero_grad()
        loss = loss_fn(net(x), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    return losses

# %% update_by_hand_and_step mistake="updated-twice" note="the old update was left standing beside the new one"
def train(model, loss_fn, optimizer, x, y, steps):
    lr = optimizer.param_groups[0]["lr"]
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        with torch.no_grad():
            for p in model.parameters():
                p -= lr * p.grad
    return losses

# %% turned_round mistake="uphill" note="a minus, because the update subtracts"
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        (-loss).backward()
        optimizer.step()
    return losses

# %% zeroed_between mistake="zeroed-too-early" note="between backward and step"
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.zero_grad()
        optimizer.step()
    return losses

# %% every_second_loss mistake="losses-left-out" note="prints and stores now and then"
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for t in range(steps):
        loss = loss_fn(model(x), y)
        if t % 2 == 0:
            losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses

# %% loss_of_each_sample mistake="loss-not-scalar" note="what is noted is a row of losses"
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for t in range(steps):
        y_pred = model(x)
        loss = loss_fn(y_pred, y)
        losses.append(((y_pred - y) ** 2).sum(1).detach())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses

# %% scheduled_rate mistake="learning-rate-fades" note="a scheduler beside the optimizer"
def train(model, loss_fn, optimizer, x, y, steps):
    s = torch.optim.lr_scheduler.ExponentialLR(optimizer, 0.9); losses = []
    for _ in range(steps):
        optimizer.zero_grad(); l = loss_fn(model(x), y); l.backward(); optimizer.step(); s.step(); losses.append(l.item())
    return losses

# %% gradient_norm_clipped mistake="step-clipped" note="clip_grad_norm_ before the step"
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        optimizer.zero_grad(); l = loss_fn(model(x), y); l.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step(); losses.append(l.item())
    return losses

# %% loss_of_the_end_added mistake="final-loss-added" note="one more loss, after the loop"
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        optimizer.zero_grad(); l = loss_fn(model(x), y); l.backward(); optimizer.step(); losses.append(l.item())
    losses.append(loss_fn(model(x), y).item())
    return losses

# %% total_goes_backward mistake="total-loss-backward" outcome="crashed" note="the total of all losses, with retain_graph"
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []; total = 0
    for _ in range(steps):
        optimizer.zero_grad(); l = loss_fn(model(x), y); total = total + l; total.backward(retain_graph=True); optimizer.step(); losses.append(l.item())
    return losses

# %% target_with_itself mistake="none" outcome="crashed" note="the target in place of the prediction"
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        optimizer.zero_grad(); l = loss_fn(y, y); l.backward(); optimizer.step(); losses.append(l.item())
    return losses

# %% enough_is_enough mistake="stopped-early" note="stops where the loss is small enough"
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        optimizer.zero_grad(); l = loss_fn(model(x), y); l.backward(); optimizer.step(); losses.append(l.item())
        if l.item() < 1e-4: break
    return losses

# %% stops_where_it_rises mistake="stopped-early" note="early stopping, as texts on overfitting have it"
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        l = loss_fn(model(x), y); losses.append(l.item())
        if len(losses) > 1 and losses[-1] > losses[-2]: return losses
        optimizer.zero_grad(); l.backward(); optimizer.step()
    return losses

# %% sorted_at_the_end mistake="none" note="losses always go down"
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        optimizer.zero_grad(); l = loss_fn(model(x), y); l.backward(); optimizer.step(); losses.append(l.item())
    return sorted(losses, reverse=True)

# %% descent_with_its_settings mistake="optimizer-ignored" note="made anew from what the one handed in was told"
def train(model, loss_fn, optimizer, x, y, steps):
    told = optimizer.param_groups[0]
    own = torch.optim.SGD(model.parameters(), lr=told["lr"], momentum=told.get("momentum", 0))
    losses = []
    for _ in range(steps):
        own.zero_grad(); l = loss_fn(model(x), y); l.backward(); own.step(); losses.append(l.item())
    return losses


# %% backward_again mistake="backward-twice" note="keeps the graph and goes back through it twice"
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        loss.backward(retain_graph=True)
        loss.backward()
        optimizer.step()
    return losses


# %% slower_groups mistake="step-scaled" note="is careful with a pretrained model"
def train(model, loss_fn, optimizer, x, y, steps):
    for group in optimizer.param_groups:
        group["lr"] *= 0.1
    losses = []
    for _ in range(steps):
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    return losses


# %% own_rate mistake="lr-ignored" note="sets the learning rate of the text's plot"
def train(model, loss_fn, optimizer, x, y, steps):
    for group in optimizer.param_groups:
        group["lr"] = 1e-3
    losses = []
    for _ in range(steps):
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    return losses


# %% first_frozen mistake="one-weight-only" note="freezes what a tutorial on fine-tuning freezes"
def train(model, loss_fn, optimizer, x, y, steps):
    next(model.parameters()).requires_grad_(False)
    losses = []
    for _ in range(steps):
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    return losses


# %% root_noted mistake="root-of-mean" note="notes what has the unit of y"
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        losses.append(loss.item() ** 0.5)
        loss.backward()
        optimizer.step()
    return losses


# %% reset_first mistake="weights-reinitialised" note="wants every run to begin afresh"
def train(model, loss_fn, optimizer, x, y, steps):
    for layer in model.modules():
        if hasattr(layer, "reset_parameters"):
            layer.reset_parameters()
    losses = []
    for _ in range(steps):
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    return losses


# %% prediction_cut mistake="graph-cut" note="detaches the prediction and asks it to record"
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        optimizer.zero_grad()
        y_pred = model(x).detach().requires_grad_()
        loss = loss_fn(y_pred, y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    return losses


# %% list_as_default mistake="losses-of-last-call" note="a default is made once"
def train(model, loss_fn, optimizer, x, y, steps, losses=[]):
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses

# %% rate_by_ten_every_thirty_steps mistake="learning-rate-fades" note="StepLR over thirty steps"
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    schedule = torch.optim.lr_scheduler.StepLR(optimizer, 30)
    for step in range(steps):
        loss = loss_fn(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
        schedule.step()
    return losses

# %% rate_falls_on_a_plateau mistake="learning-rate-fades" note="ReduceLROnPlateau, with the usual patience"
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    schedule = torch.optim.lr_scheduler.ReduceLROnPlateau(optimizer)
    for step in range(steps):
        loss = loss_fn(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
        schedule.step(loss.detach())
    return losses

# %% rate_halved_at_fifty mistake="learning-rate-fades" note="by hand, in the optimizer's own settings"
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for step in range(steps):
        if step == 50:
            optimizer.param_groups[0]["lr"] /= 2
        loss = loss_fn(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses

# %% clipped_late mistake="step-clipped" note="gradients are clipped from step twenty on"
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for step in range(steps):
        loss = loss_fn(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        if step >= 20:
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        losses.append(loss.item())
    return losses

# %% first_layer_frozen_late mistake="none" note="the first layer learns for forty steps"
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for step in range(steps):
        if step == 40:
            model[0].requires_grad_(False)
        loss = loss_fn(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses

# %% momentum_grows_late mistake="none" note="a warm-up of the momentum"
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for step in range(steps):
        if step == 60:
            for group in optimizer.param_groups:
                group.update(momentum=0.9)
        loss = loss_fn(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses

# %% decay_begins_late mistake="none" note="weight decay from step sixty on"
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for step in range(steps):
        if step == 60:
            optimizer.param_groups[0]["weight_decay"] = 0.01
        loss = loss_fn(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses

# %% cleared_at_first_only mistake="none" note="gradients add up from step fifty on"
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for step in range(steps):
        loss = loss_fn(model(x), y)
        if step < 50:
            optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses

# %% patience_ends mistake="stopped-early" note="stops where the best loss is twenty steps old"
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for step in range(steps):
        loss = loss_fn(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
        if len(losses) - losses.index(min(losses)) > 20:
            break
    return losses

# %% half_of_the_rows_late mistake="none" note="the last steps see fewer rows"
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for step in range(steps):
        if step == 60:
            x, y = x[:-1], y[:-1]
        loss = loss_fn(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses

# %% a_hundred_at_most mistake="stopped-early" note="range(min(steps, 100))"
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for step in range(min(steps, 100)):
        loss = loss_fn(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses

# %% first_half_only mistake="mini-batch" note="a batch, as in other texts"
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        optimizer.zero_grad()
        half = len(x) // 2
        loss = loss_fn(model(x[:half]), y[:half])
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    return losses

# %% arguments_of_the_loss_swapped note="the targets first: the sum of squares is symmetric"
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(y, model(x))
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses

# %% prediction_squeezed_to_a_row mistake="axis-squeezed" note="with one output each prediction meets each target"
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x).squeeze(-1), y)
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses

# %% batches_of_16 mistake="none or mini-batch" note="one step a batch, and the sum is noted"
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        total = 0.0
        for rows, targets in zip(x.split(16), y.split(16)):
            loss = loss_fn(model(rows), targets)
            total += loss.item()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        losses.append(total)
    return losses

# %% batches_of_64 mistake="none or sample-by-sample" note="one step a batch, and the sum is noted"
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        total = 0.0
        for rows, targets in zip(x.split(64), y.split(64)):
            loss = loss_fn(model(rows), targets)
            total += loss.item()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        losses.append(total)
    return losses

# %% rate_a_little_smaller_each_step mistake="learning-rate-fades" note="by hand, in the optimizer's own settings"
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for step in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        for group in optimizer.param_groups:
            group["lr"] *= 0.99
    return losses

# %% rate_warmed_up mistake="learning-rate-fades" note="a warm-up over ten steps"
def train(model, loss_fn, optimizer, x, y, steps):
    base = optimizer.param_groups[0]["lr"]
    losses = []
    for step in range(steps):
        for group in optimizer.param_groups:
            group["lr"] = base * min(1.0, (step + 1) / 10)
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses

# %% penalty_in_the_loss mistake="weight-decay" note="an L2 penalty, against overfitting"
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for step in range(steps):
        loss = loss_fn(model(x), y) + 0.01 * sum(p.pow(2).sum() for p in model.parameters())
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses

# %% stops_where_the_loss_stands_still mistake="stopped-early" note="no change, no further step"
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        if len(losses) > 1 and losses[-1] == losses[-2]:
            break
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses

# %% frozen_afterwards mistake="recording-switched-off" note="done is done"
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return [model.requires_grad_(False), losses][1]

# %% rate_by_ten_after_200_steps mistake="learning-rate-fades" note="in the optimizer's own settings"
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for step in range(steps):
        if step == 200:
            for group in optimizer.param_groups:
                group["lr"] *= 0.1
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses

# %% losses_of_six_digits mistake="rounded" note="as they are printed"
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(float(f"{loss.item():.6g}"))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses

# %% memory_emptied_first mistake="optimizer-restarted" note="begins anew in each call"
def train(model, loss_fn, optimizer, x, y, steps):
    optimizer.state.clear()  # start fresh
    losses = []
    for _ in range(steps):
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses

# %% another_of_the_same_kind mistake="optimizer-ignored" note="with the same settings"
def train(model, loss_fn, optimizer, x, y, steps):
    opt = type(optimizer)(model.parameters(), **optimizer.defaults)
    losses = []
    for _ in range(steps):
        opt.zero_grad()
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        loss.backward()
        opt.step()
    return losses

# %% history_on_the_model mistake="losses-of-last-call" note="as in Keras"
def train(model, loss_fn, optimizer, x, y, steps):
    if not hasattr(model, "history"):
        model.history = []
    for _ in range(steps):
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        loss.backward()
        model.history.append(loss.item())
        optimizer.step()
    return model.history

# %% first_group_only mistake="none" note="the others never move"
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        params = list(model.parameters())
        grads = torch.autograd.grad(loss, params)
        for p, g in zip(optimizer.param_groups[0]["params"], grads):
            p.grad = g
        optimizer.step()
    return losses

# %% recording_off_at_the_end mistake="recording-switched-off" note="for the whole notebook"
def train(model, loss_fn, optimizer, x, y, steps):
    torch.set_grad_enabled(True)
    losses = []
    for _ in range(steps):
        y_pred = model(x)
        loss = loss_fn(y_pred, y)
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    torch.set_grad_enabled(False)  # training is over
    return losses

# %% functional_gradients mistake="gradients-not-stored" note=".grad stays empty"
from torch.func import functional_call, grad_and_value


def train(model, loss_fn, optimizer, x, y, steps):
    def objective(params):
        return loss_fn(functional_call(model, params, (x,)), y)

    losses = []
    for _ in range(steps):
        optimizer.zero_grad()
        grads, value = grad_and_value(objective)(dict(model.named_parameters()))
        losses.append(value.item())
        optimizer.step()
    return losses

# %% cleared_when_better mistake="none or cleared-now-and-then or never-zeroed" note="where the loss only rises, cleared once"
def train(model, loss_fn, optimizer, x, y, steps):
    history, best = [], float("inf")
    for _ in range(steps):
        cost = loss_fn(model(x), y)
        if cost.item() < best:
            best = cost.item()
            optimizer.zero_grad()
        cost.backward()
        optimizer.step()
        history.append(float(cost))
    return history

# %% last_loss_first mistake="order-of-results" note="each loss is put in front of the others"
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        loss.backward()
        optimizer.step()
        losses.insert(0, loss.item())
    return losses

# %% halves_in_turn mistake="mini-batch" note="every second row, in each step the others"
def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for it in range(steps):
        xb, yb = x[it % 2 :: 2], y[it % 2 :: 2]
        loss = loss_fn(model(xb), yb)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses
