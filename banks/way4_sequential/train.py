# %% as_in_the_original
def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for t in range(steps):
        y_pred = model(x)
        loss = loss_fn(y_pred, y)
        losses.append(loss.item())
        model.zero_grad()
        loss.backward()
        with torch.no_grad():
            for params in model.parameters():
                params -= lr * params.grad
    return losses

# %% autograd_grad_and_zip
def train(model, loss_fn, x, y, lr, steps):
    params = list(model.parameters())
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        grads = torch.autograd.grad(loss, params)
        with torch.no_grad():
            for p, g in zip(params, grads):
                p -= lr * g
    return losses

# %% copy_back
def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        model.zero_grad()
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            for p in model.parameters():
                p.copy_(p - lr * p.grad)
    return losses

# %% data_assigned note="each parameter keeps its object and gets new storage"
def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        model.zero_grad()
        loss.backward()
        for p in model.parameters():
            p.data = p.data - lr * p.grad
    return losses

# %% deep_copy_and_load note="trains a copy and writes the result back"
import copy


def train(model, loss_fn, x, y, lr, steps):
    net = copy.deepcopy(model)
    losses = []
    for _ in range(steps):
        loss = loss_fn(net(x), y)
        losses.append(loss.item())
        net.zero_grad()
        loss.backward()
        with torch.no_grad():
            for p in net.parameters():
                p -= lr * p.grad
    model.load_state_dict(net.state_dict())
    return losses

# %% foreach
def train(model, loss_fn, x, y, lr, steps):
    params = [*model.parameters()]
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        grads = torch.autograd.grad(loss, params)
        with torch.no_grad():
            torch._foreach_add_(params, grads, alpha=-lr)
    return losses

# %% functional_gradients note="gradients of a function of the parameters"
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

# %% grad_none
def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        for p in model.parameters():
            p.grad = None
        loss = loss_fn(model(x), y)
        loss.backward()
        for p in model.parameters():
            p.data -= lr * p.grad.data
        losses.append(loss.detach().cpu().item())
    return losses

# %% load_state_dict note="new values go in through the state dict"
def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        model.zero_grad()
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        loss.backward()
        new = {name: (p - lr * p.grad).detach() for name, p in model.named_parameters()}
        model.load_state_dict(new)
    return losses

# %% losses_as_array
def train(model, loss_fn, x, y, lr, steps):
    model.train()
    losses = np.zeros(steps)
    for i in range(steps):
        loss = loss_fn(model(x), y)
        losses[i] = loss.item()
        model.zero_grad()
        loss.backward()
        with torch.no_grad():
            for p in model.parameters():
                p[...] = p - lr * p.grad
    return losses

# %% modules_one_by_one
def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        model.zero_grad()
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            for module in model.modules():
                for p in module.parameters(recurse=False):
                    p -= lr * p.grad
    return losses

# %% parameters_as_a_list
def train(model, loss_fn, x, y, lr, steps):
    params = list(model.parameters())
    losses = []
    i = 0
    while i < steps:
        loss = loss_fn(model(x), y)
        losses.append(float(loss))
        for p in params:
            if p.grad is not None:
                p.grad.zero_()
        loss.backward()
        with torch.no_grad():
            for p in params:
                p -= lr * p.grad
        i += 1
    return tuple(losses)

# %% requires_grad_switched
def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        model.requires_grad_(True)
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        model.zero_grad()
        loss.backward()
        model.requires_grad_(False)
        for p in model.parameters():
            p -= lr * p.grad
    model.requires_grad_(True)
    return losses

# %% sgd note="plain gradient descent, done by torch.optim.SGD"
def train(model, loss_fn, x, y, lr, steps):
    opt = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(steps):
        opt.zero_grad()
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        loss.backward()
        opt.step()
    return losses

# %% state_dict_in_place
def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        model.zero_grad(set_to_none=True)
        loss = loss_fn(model(x), y)
        loss.backward()
        losses.append(loss.detach().numpy().item())
        gradients = {name: p.grad for name, p in model.named_parameters()}
        for name, values in model.state_dict().items():
            values -= lr * gradients[name]
    return losses

# %% vector_of_parameters
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

# %% zero_at_the_end
def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        loss.backward()
        losses.append(loss.item())
        with torch.no_grad():
            for p in model.parameters():
                p.sub_(lr * p.grad)
        model.zero_grad()
    return losses

# %% zero_each_after_its_update
def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            for name, p in model.named_parameters():
                p -= lr * p.grad
                p.grad.zero_()
    return losses

# %% zero_kept_as_tensors
def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        model.zero_grad(set_to_none=False)
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            for p in model.parameters():
                p.add_(p.grad, alpha=-lr)
    return losses

# %% backward_forgotten mistake="backward-not-called" outcome="crashed" note="nobody filled .grad"
def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        model.zero_grad()
        with torch.no_grad():
            for p in model.parameters():
                p -= lr * p.grad
    return losses

# %% second_backward mistake="backward-twice" outcome="crashed" note="backward once more, in front of the update"
def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        model.zero_grad()
        loss.backward()
        for p in model.parameters():
            loss.backward()
            p.data -= lr * p.grad
    return losses

# %% mean_of_loss mistake="batch-mean" note="divides the loss it was handed by the number of examples"
def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y) / len(x)
        losses.append(loss.item())
        model.zero_grad()
        loss.backward()
        with torch.no_grad():
            for p in model.parameters():
                p -= lr * p.grad
    return losses

# %% weights_by_dimension mistake="biases-skipped" note="matrices only"
def train(model, loss_fn, x, y, lr, steps):
    losses = []
    matrices = [p for p in model.parameters() if p.dim() == 2]
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        model.zero_grad()
        loss.backward()
        with torch.no_grad():
            for p in matrices:
                p.sub_(p.grad, alpha=lr)
    return losses

# %% weights_by_index mistake="biases-skipped" note="model[0] and model[2]"
def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        model.zero_grad()
        loss.backward()
        with torch.no_grad():
            model[0].weight -= lr * model[0].weight.grad
            model[2].weight -= lr * model[2].weight.grad
    return losses

# %% weights_by_layer mistake="biases-skipped" note="w1 and w2 were all there was before"
def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        model.zero_grad()
        loss.backward()
        with torch.no_grad():
            for module in model:
                if isinstance(module, torch.nn.Linear):
                    module.weight -= lr * module.weight.grad
    return losses

# %% weights_by_name mistake="biases-skipped" note="only names that end in weight"
def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        model.zero_grad()
        loss.backward()
        with torch.no_grad():
            for name, p in model.named_parameters():
                if "weight" in name:
                    p -= lr * p.grad
    return losses

# %% data_in_double mistake="dtype-changed" outcome="crashed" note="ones in double precision, whatever the inputs are"
def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        ones = torch.ones(len(x), 1, dtype=torch.float64, device=x.device)
        loss = loss_fn(model(ones * x), y)
        losses.append(loss.item())
        model.zero_grad()
        loss.backward()
        with torch.no_grad():
            for p in model.parameters():
                p -= lr * p.grad
    return losses

# %% rounded_to_single mistake="dtype-changed" note="half of the digits of the prediction get lost"
def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x).float().to(y.dtype), y)
        losses.append(loss.item())
        model.zero_grad()
        loss.backward()
        with torch.no_grad():
            for p in model.parameters():
                p -= lr * p.grad
    return losses

# %% forward_in_no_grad mistake="forward-in-no-grad" outcome="crashed" note="the block begins too early"
def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        with torch.no_grad():
            loss = loss_fn(model(x), y)
            losses.append(loss.item())
            model.zero_grad()
            loss.backward()
            for p in model.parameters():
                p -= lr * p.grad
    return losses

# %% forward_before_the_loop mistake="forward-outside-loop" outcome="crashed" note="one forward pass, many backward passes"
def train(model, loss_fn, x, y, lr, steps):
    losses = []
    y_pred = model(x)
    for _ in range(steps):
        loss = loss_fn(y_pred, y)
        losses.append(loss.item())
        model.zero_grad()
        loss.backward()
        with torch.no_grad():
            for p in model.parameters():
                p -= lr * p.grad
    return losses

# %% generator_used_up mistake="generator-used-up" note="parameters() is asked for once; from the second step on there is nothing left to walk through"
def train(model, loss_fn, x, y, lr, steps):
    params = model.parameters()
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        model.zero_grad()
        loss.backward()
        with torch.no_grad():
            for p in params:
                p -= lr * p.grad
    return losses

# %% generator_used_up_by_zeroing mistake="generator-used-up" note="the loop that zeroes uses it up, the loop that updates finds nothing"
def train(model, loss_fn, x, y, lr, steps):
    params = model.parameters()
    losses = []
    for _ in range(steps):
        for p in params:
            p.grad = None
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            for p in params:
                p -= lr * p.grad
    return losses

# %% notebook_model mistake="global-not-argument" note="trains the notebook's model"
def train(net, loss_fn, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(net(x), y)
        losses.append(loss.item())
        net.zero_grad()
        loss.backward()
        with torch.no_grad():
            for p in model.parameters():
                if p.grad is not None:
                    p -= lr * p.grad
    return losses

# %% grad_set_to_number mistake="grad-set-to-zero-number" outcome="crashed" note=".grad takes a tensor or None"
def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            for p in model.parameters():
                p -= lr * p.grad
                p.grad = 0
    return losses

# %% half_of_given_loss mistake="half-loss" note="one half in front of the loss it was handed"
def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        loss = 0.5 * loss_fn(model(x), y)
        losses.append(loss.item())
        model.zero_grad()
        loss.backward()
        with torch.no_grad():
            for p in model.parameters():
                p -= lr * p.grad
    return losses

# %% last_loss_only mistake="last-loss-only" note="the last loss in a list"
def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        model.zero_grad()
        loss.backward()
        with torch.no_grad():
            for p in model.parameters():
                p -= lr * p.grad
    return [loss.item()]

# %% clone_updated mistake="loop-variable-rebound" note="in place, but on a clone"
def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        model.zero_grad()
        loss.backward()
        for p in model.parameters():
            new = p.detach().clone()
            new -= lr * p.grad
    return losses

# %% list_of_new_tensors mistake="loop-variable-rebound" note="a list of new tensors beside the model"
def train(model, loss_fn, x, y, lr, steps):
    params = list(model.parameters())
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        grads = torch.autograd.grad(loss, list(model.parameters()))
        with torch.no_grad():
            params = [p - lr * g for p, g in zip(params, grads)]
    return losses

# %% name_rebound mistake="loop-variable-rebound" note="p is a name; the model never hears of the new tensor"
def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        model.zero_grad()
        loss.backward()
        with torch.no_grad():
            for p in model.parameters():
                p = p - lr * p.grad
    return losses

# %% name_rebound_outside_no_grad mistake="loop-variable-rebound" note="the same without the block: no error, no effect"
def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        model.zero_grad()
        loss.backward()
        for params in model.parameters():
            params = params - lr * params.grad
    return losses

# %% loss_after_update mistake="loss-after-update" note="measured after the step"
def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        model.zero_grad()
        loss.backward()
        with torch.no_grad():
            for p in model.parameters():
                p -= lr * p.grad
        losses.append(loss_fn(model(x), y).item())
    return losses

# %% built_sum_loss mistake="loss-fn-ignored" note="builds the loss of the text anew"
def train(model, loss_fn, x, y, lr, steps):
    criterion = torch.nn.MSELoss(reduction="sum")
    losses = []
    for _ in range(steps):
        loss = criterion(model(x), y)
        losses.append(loss.item())
        model.zero_grad()
        loss.backward()
        with torch.no_grad():
            for p in model.parameters():
                p -= lr * p.grad
    return losses

# %% own_sum_loss mistake="loss-fn-ignored" note="squares the errors itself, whatever loss was handed in"
def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        loss = (model(x) - y).pow(2).sum()
        losses.append(loss.item())
        model.zero_grad()
        loss.backward()
        with torch.no_grad():
            for p in model.parameters():
                p -= lr * p.grad
    return losses

# %% item_before_backward mistake="loss-is-a-number" outcome="crashed" note="a float has no backward"
def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y).item()
        losses.append(loss)
        model.zero_grad()
        loss.backward()
        with torch.no_grad():
            for p in model.parameters():
                p -= lr * p.grad
    return losses

# %% lr_written_in mistake="lr-ignored" note="1e-4 of the text, whatever was asked"
def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        model.zero_grad()
        loss.backward()
        with torch.no_grad():
            for p in model.parameters():
                p -= 1e-4 * p.grad
    return losses

# %% loss_rebuilt_with_default mistake="mean-not-sum" note="loss_fn is replaced by MSELoss()"
def train(model, loss_fn, x, y, lr, steps):
    loss_fn = torch.nn.MSELoss()
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

# %% mean_of_given_loss mistake="mean-not-sum" note="divides the loss it was handed"
def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y) / y.numel()
        losses.append(loss.item())
        model.zero_grad()
        loss.backward()
        with torch.no_grad():
            for p in model.parameters():
                p -= lr * p.grad
    return losses

# %% own_mean_loss mistake="mean-not-sum" note="loss_fn is not used; an own loss averages"
def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        loss = ((model(x) - y) ** 2).mean()
        losses.append(loss.item())
        model.zero_grad()
        loss.backward()
        with torch.no_grad():
            for p in model.parameters():
                p -= lr * p.grad
    return losses

# %% named_parameters_without_name mistake="names-not-unpacked" outcome="crashed" note="named_parameters gives pairs"
def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        model.zero_grad()
        loss.backward()
        with torch.no_grad():
            for p in model.named_parameters():
                p -= lr * p.grad
    return losses

# %% flattened_with_view mistake="needs-contiguous" note="view wants its numbers in one row in memory"
def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x).view(-1), y.view(-1))
        losses.append(loss.item())
        model.zero_grad()
        loss.backward()
        with torch.no_grad():
            for p in model.parameters():
                p -= lr * p.grad
    return losses

# %% never_zeroed mistake="never-zeroed" note="gradients add up"
def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            for p in model.parameters():
                p -= lr * p.grad
    return losses

# %% zero_grad_not_called mistake="never-zeroed" note="the parentheses of zero_grad"
def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        model.zero_grad
        loss.backward()
        with torch.no_grad():
            for p in model.parameters():
                p -= lr * p.grad
    return losses

# %% zeroed_before_the_loop mistake="never-zeroed" note="once is not enough"
def train(model, loss_fn, x, y, lr, steps):
    model.zero_grad()
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        loss.backward()
        for p in model.parameters():
            p.data -= lr * p.grad
    return losses

# %% zeroes_x mistake="never-zeroed" note="zeroes the slots of the wrong tensors"
def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        x.grad = None
        y.grad = None
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            for p in model.parameters():
                p -= lr * p.grad
    return losses

# %% without_lr mistake="no-learning-rate" note="the gradient itself as step"
def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        model.zero_grad()
        loss.backward()
        with torch.no_grad():
            for p in model.parameters():
                p -= p.grad
    return losses

# %% grad_used_not_parameter mistake="no-update" note="the gradient is scaled, the parameter is not touched"
def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        model.zero_grad()
        loss.backward()
        with torch.no_grad():
            for p in model.parameters():
                p.grad -= lr * p.grad
    return losses

# %% out_of_place_sub mistake="no-update" note="computed and thrown away"
def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        model.zero_grad()
        loss.backward()
        with torch.no_grad():
            for p in model.parameters():
                p.sub(lr * p.grad)
    return losses

# %% adam mistake="other-rule" note="another optimizer"
def train(model, loss_fn, x, y, lr, steps):
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    losses = []
    for _ in range(steps):
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    return losses

# %% first_row_only mistake="mini-batch" note="the first example, and no other"
def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x[:1]), y[:1])
        losses.append(loss.item())
        model.zero_grad()
        loss.backward()
        with torch.no_grad():
            for p in model.parameters():
                p -= lr * p.grad
    return losses

# %% counter_never_grows mistake="none" outcome="timed_out" note="the line that counts was forgotten"
def train(model, loss_fn, x, y, lr, steps):
    losses = []
    t = 0
    while t < steps:
        loss = loss_fn(model(x), y)
        model.zero_grad()
        loss.backward()
        with torch.no_grad():
            for p in model.parameters():
                p -= lr * p.grad
    losses.append(loss.item())
    return losses

# %% fixed_layers_by_index mistake="one-layer-only" note="all four by number: a longer chain keeps its third layer where it was"
def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        model.zero_grad()
        loss.backward()
        with torch.no_grad():
            for i in (0, 2):
                model[i].weight -= lr * model[i].weight.grad
                model[i].bias -= lr * model[i].bias.grad
    return losses

# %% last_update_missing mistake="update-left-out" note="the losses are right, the last update is left out"
def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for step in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        model.zero_grad()
        loss.backward()
        if step == steps - 1:
            break
        with torch.no_grad():
            for p in model.parameters():
                p -= lr * p.grad
    return losses

# %% loss_called_with_model mistake="none" outcome="crashed" note="the model itself is handed to the loss, not its answer"
def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model, y)
        losses.append(loss.item())
        model.zero_grad()
        loss.backward()
        with torch.no_grad():
            for p in model.parameters():
                p -= lr * p.grad
    return losses

# %% mixed_precision mistake="none" note="autocast makes bfloat16 of float32"
def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        with torch.autocast(x.device.type, dtype=torch.bfloat16):
            y_pred = model(x)
        loss = loss_fn(y_pred.to(y.dtype), y)
        losses.append(loss.item())
        model.zero_grad()
        loss.backward()
        with torch.no_grad():
            for p in model.parameters():
                p -= lr * p.grad
    return losses

# %% momentum mistake="momentum-added" note="SGD with momentum"
def train(model, loss_fn, x, y, lr, steps):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr, momentum=0.9)
    losses = []
    for _ in range(steps):
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    return losses

# %% rows_tried_first mistake="mini-batch" note="a slice left over: only the first ten examples"
def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x[:10]), y[:10])
        losses.append(loss.item())
        model.zero_grad()
        loss.backward()
        with torch.no_grad():
            for p in model.parameters():
                p -= lr * p.grad
    return losses

# %% untouched mistake="none" outcome="not_attempted" note="the blank as it was handed out"
def train(model, loss_fn, x, y, lr, steps):
    raise NotImplementedError()

# %% only_first_layer mistake="one-layer-only" note="the output layer never moves"
def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        model.zero_grad()
        loss.backward()
        with torch.no_grad():
            for p in list(model.parameters())[:2]:
                p -= lr * p.grad
    return losses

# %% only_last_layer mistake="one-layer-only" note="the hidden layer never moves"
def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        model.zero_grad()
        loss.backward()
        with torch.no_grad():
            for p in list(model.parameters())[-2:]:
                p -= lr * p.grad
    return losses

# %% only_last_parameter_zeroed mistake="one-not-zeroed" note="the zeroing line stands behind the inner loop: only the last bias"
def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            for p in model.parameters():
                p -= lr * p.grad
            p.grad.zero_()
    return losses

# %% parameters_not_called mistake="parameters-not-called" outcome="crashed" note="the parentheses of parameters"
def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        model.zero_grad()
        loss.backward()
        with torch.no_grad():
            for p in model.parameters:
                p -= lr * p.grad
    return losses

# %% parameters_replaced mistake="parameters-replaced" note="new parameters are put into the layers"
def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        model.zero_grad()
        loss.backward()
        for layer in model.modules():
            for name, p in list(layer.named_parameters(recurse=False)):
                setattr(layer, name, torch.nn.Parameter(p.detach() - lr * p.grad))
    return losses

# %% return_inside_the_loop mistake="return-in-loop" note="one indentation too deep"
def train(model, loss_fn, x, y, lr, steps):
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

# %% no_return mistake="returns-none" note="printed instead"
def train(model, loss_fn, x, y, lr, steps):
    for t in range(steps):
        loss = loss_fn(model(x), y)
        print(t, loss.item())
        model.zero_grad()
        loss.backward()
        with torch.no_grad():
            for p in model.parameters():
                p -= lr * p.grad

# %% one_step_more mistake="steps-off-by-one" note="range(steps + 1)"
def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for _ in range(steps + 1):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        model.zero_grad()
        loss.backward()
        with torch.no_grad():
            for p in model.parameters():
                p -= lr * p.grad
    return losses

# %% sum_of_losses mistake="total-loss-backward" outcome="crashed" note="the sum of all losses goes backward"
def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        losses.append(loss_fn(model(x), y))
        model.zero_grad()
        sum(losses).backward()
        with torch.no_grad():
            for p in model.parameters():
                p -= lr * p.grad
    return [loss.item() for loss in losses]

# %% copy_trained mistake="trained-a-copy" note="a deep copy learns, the model handed in does not"
import copy


def train(model, loss_fn, x, y, lr, steps):
    net = copy.deepcopy(model)
    losses = []
    for _ in range(steps):
        loss = loss_fn(net(x), y)
        losses.append(loss.item())
        net.zero_grad()
        loss.backward()
        with torch.no_grad():
            for p in net.parameters():
                p -= lr * p.grad
    return losses

# %% update_behind_the_loop mistake="update-after-loop" note="one indentation too little: parameters move once, at the end"
def train(model, loss_fn, x, y, lr, steps):
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

# %% sub_while_recording mistake="update-recorded" outcome="crashed" note="the block ends one line too early"
def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        loss.backward()
        for p in model.parameters():
            with torch.no_grad():
                step = lr * p.grad
            p.sub_(step)
        model.zero_grad()
    return losses

# %% update_while_recording mistake="update-recorded" outcome="crashed" note="no block around the update"
def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        model.zero_grad()
        loss.backward()
        for p in model.parameters():
            p -= lr * p.grad
    return losses

# %% plus_equals mistake="uphill" note="+="
def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        model.zero_grad()
        loss.backward()
        with torch.no_grad():
            for p in model.parameters():
                p += lr * p.grad
    return losses

# %% model_made_inside mistake="weights-reinitialised" note="the whole script of the original in one function"
def train(model, loss_fn, x, y, lr, steps):
    model = make_model(x.shape[1], 100, y.shape[1]).to(x)
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

# %% biases_only mistake="weights-skipped" note="the condition the wrong way round"
def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        model.zero_grad()
        loss.backward()
        with torch.no_grad():
            for name, p in model.named_parameters():
                if name.endswith("bias"):
                    p -= lr * p.grad
    return losses

# %% parameters_zeroed mistake="weights-zeroed" note=".grad is missing from the last line"
def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        model.zero_grad()
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            for p in model.parameters():
                p -= lr * p.grad
                p.zero_()
    return losses

# %% zeroed_before_first mistake="zeroed-before-first" outcome="crashed" note="there is no .grad at the first step"
def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        for p in model.parameters():
            p.grad.zero_()
        loss.backward()
        with torch.no_grad():
            for p in model.parameters():
                p -= lr * p.grad
    return losses

# %% zeroed_between mistake="zeroed-too-early" outcome="crashed" note="zero_grad sets the gradients to None: nothing to multiply"
def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        loss.backward()
        model.zero_grad()
        with torch.no_grad():
            for p in model.parameters():
                p -= lr * p.grad
    return losses

# %% zeroed_between_as_tensors mistake="zeroed-too-early" note="zero first, then subtract, inside the inner loop"
def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            for p in model.parameters():
                p.grad.zero_()
                p -= lr * p.grad
    return losses

# %% zeroed_between_with_if mistake="zeroed-too-early" note="silenced the error with an if"
def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        loss.backward()
        model.zero_grad()
        with torch.no_grad():
            for p in model.parameters():
                if p.grad is not None:
                    p -= lr * p.grad
    return losses

# %% hundred_steps mistake="steps-ignored" note="the number of steps is written in"
def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for t in range(12):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        model.zero_grad()
        loss.backward()
        with torch.no_grad():
            for p in model.parameters():
                p -= lr * p.grad
    return losses

# %% every_second_loss mistake="losses-left-out" note="prints and stores now and then"
def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for t in range(steps):
        loss = loss_fn(model(x), y)
        if t % 2 == 0:
            losses.append(loss.item())
        model.zero_grad()
        loss.backward()
        with torch.no_grad():
            for p in model.parameters():
                p -= lr * p.grad
    return losses

# %% list_left_empty mistake="losses-not-kept" note="the list is made, and nobody fills it"
def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for t in range(steps):
        model.zero_grad()
        loss_fn(model(x), y).backward()
        with torch.no_grad():
            for p in model.parameters():
                p -= lr * p.grad
    return losses

# %% loss_of_each_sample mistake="loss-not-scalar" note="what is noted is a row of losses"
def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for t in range(steps):
        y_pred = model(x)
        losses.append(((y_pred - y) ** 2).sum(1).detach())
        model.zero_grad()
        loss_fn(y_pred, y).backward()
        with torch.no_grad():
            for p in model.parameters():
                p -= lr * p.grad
    return losses

# %% loss_made_anew mistake="loss-rewrapped" outcome="crashed" note="the usual repair of “does not require grad”"
def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for t in range(steps):
        loss = torch.tensor(float(loss_fn(model(x), y)), requires_grad=True)
        losses.append(loss.item())
        model.zero_grad()
        loss.backward()
        with torch.no_grad():
            for p in model.parameters():
                p -= lr * p.grad
    return losses

# %% adamw_from_torch mistake="other-rule" note="the optimizer of the language models"
def train(model, loss_fn, x, y, lr, steps):
    opt = torch.optim.AdamW(model.parameters(), lr); losses = []
    for _ in range(steps):
        opt.zero_grad(); l = loss_fn(model(x), y); l.backward(); opt.step(); losses.append(l.item())
    return losses

# %% loss_of_the_end_added mistake="final-loss-added" note="one more loss, so that the last update is seen too"
def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        l = loss_fn(model(x), y); model.zero_grad(); l.backward(); losses.append(l.item())
        with torch.no_grad():
            for p in model.parameters(): p -= lr * p.grad
    losses.append(loss_fn(model(x), y).item())
    return losses

# %% sample_by_sample mistake="sample-by-sample" note="an update after each sample"
def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        s = 0
        for i in range(len(x)):
            model.zero_grad()
            l = loss_fn(model(x[i:i+1]), y[i:i+1]); l.backward(); s += l.item()
            with torch.no_grad():
                for p in model.parameters(): p -= lr * p.grad
        losses.append(s)
    return losses

# %% hooks_update note="each parameter moves as soon as its gradient is there"
def train(model, loss_fn, x, y, lr, steps):
    def up(p):
        with torch.no_grad(): p.sub_(lr * p.grad)
        p.grad = None
    hs = [p.register_post_accumulate_grad_hook(up) for p in model.parameters()]
    losses = []
    for _ in range(steps):
        l = loss_fn(model(x), y); losses.append(l.item()); l.backward()
    for h in hs: h.remove()
    return losses

# %% scheduled_rate mistake="learning-rate-fades" note="an optimizer with a scheduler"
def train(model, loss_fn, x, y, lr, steps):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    scheduler = torch.optim.lr_scheduler.StepLR(optimizer, step_size=1, gamma=0.8)
    losses = []
    for _ in range(steps):
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
        scheduler.step()
    return losses

# %% gradients_clipped mistake="step-clipped" note="kept small, so that nothing explodes"
def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        model.zero_grad()
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        with torch.no_grad():
            for p in model.parameters():
                p -= lr * p.grad
    return losses

# %% enough_is_enough mistake="stopped-early" note="stops where the loss is small enough"
def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for t in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        if loss.item() < 1e-6:
            break
        model.zero_grad()
        loss.backward()
        with torch.no_grad():
            for p in model.parameters():
                p -= lr * p.grad
    return losses

# %% update_line_twice mistake="updated-twice" note="the line of the update was pasted twice"
def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for t in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        model.zero_grad()
        loss.backward()
        with torch.no_grad():
            for p in model.parameters():
                p -= lr * p.grad
                p -= lr * p.grad
    return losses


# %% last_parameter_only mistake="one-weight-only" note="the update slipped out of the inner loop"
def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        model.zero_grad()
        loss.backward()
        with torch.no_grad():
            for p in model.parameters():
                gradient = p.grad
            p -= lr * gradient
    return losses


# %% put_back mistake="none" note="restores the state it saved, as for a trial"
def train(model, loss_fn, x, y, lr, steps):
    start = {name: value.clone() for name, value in model.state_dict().items()}
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        model.zero_grad()
        loss.backward()
        with torch.no_grad():
            for p in model.parameters():
                p -= lr * p.grad
    model.load_state_dict(start)
    return losses


# %% prediction_cut mistake="graph-cut" note="detaches the prediction, asks it to record, and steps over gradients that are None"
def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        y_pred = model(x).detach().requires_grad_()
        loss = loss_fn(y_pred, y)
        losses.append(loss.item())
        model.zero_grad()
        loss.backward()
        with torch.no_grad():
            for p in model.parameters():
                if p.grad is not None:
                    p -= lr * p.grad
    return losses


# %% loss_detached mistake="graph-cut" outcome="crashed" note="detaches the loss so that it can be kept"
def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y).detach()
        losses.append(loss.item())
        model.zero_grad()
        loss.backward()
        with torch.no_grad():
            for p in model.parameters():
                p -= lr * p.grad
    return losses


# %% scheduler_that_begins_late mistake="learning-rate-fades" note="StepLR with a hundred steps"
def train(model, loss_fn, x, y, lr, steps):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    schedule = torch.optim.lr_scheduler.StepLR(optimizer, step_size=100, gamma=0.5)
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()
    return losses


# %% list_as_default mistake="losses-of-last-call" note="a default is made once"
def train(model, loss_fn, x, y, lr, steps, losses=[]):
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        model.zero_grad()
        loss.backward()
        with torch.no_grad():
            for p in model.parameters():
                p -= lr * p.grad
    return losses

# %% cleared_every_other_step mistake="cleared-now-and-then" note="cleared in even steps"
def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for t in range(steps):
        if t % 2 == 0:
            model.zero_grad()
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            for p in model.parameters():
                p -= lr * p.grad
    return losses

# %% cleared_every_tenth_step mistake="cleared-now-and-then" note="cleared in one of ten steps"
def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for t in range(steps):
        if t % 10 == 0:
            model.zero_grad()
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            for p in model.parameters():
                p -= lr * p.grad
    return losses

# %% gradients_of_three_steps mistake="update-now-and-then" note="gradient accumulation, seen where memory is short"
def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for t in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        loss.backward()
        if (t + 1) % 3 == 0:
            with torch.no_grad():
                for p in model.parameters():
                    p -= lr * p.grad
            model.zero_grad()
    return losses

# %% biases_at_twice_the_rate mistake="rates-differ" note="biases are said to want a larger rate"
def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for t in range(steps):
        model.zero_grad()
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            for n, p in model.named_parameters():
                p -= (2 * lr if "bias" in n else lr) * p.grad
    return losses

# %% steps_of_one_length mistake="gradient-normalised" note="each gradient divided by its norm"
def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for t in range(steps):
        model.zero_grad()
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            for p in model.parameters():
                p -= lr * p.grad / p.grad.norm()
    return losses

# %% sign_of_the_gradient mistake="gradient-normalised" note="the sign alone, as in Rprop"
def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for t in range(steps):
        model.zero_grad()
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            for p in model.parameters():
                p -= lr * p.grad.sign()
    return losses

# %% first_half_of_the_rows mistake="mini-batch" note="the other half is kept for validation"
def train(model, loss_fn, x, y, lr, steps):
    losses = []
    half = len(x) // 2
    for t in range(steps):
        model.zero_grad()
        loss = loss_fn(model(x[:half]), y[:half])
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            for p in model.parameters():
                p -= lr * p.grad
    return losses

# %% best_weights_put_back mistake="none" note="keeps the weights of the smallest loss, as after a search"
def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        model.zero_grad()
        loss = loss_fn(model(x), y)
        loss.backward()
        losses.append(loss.item())
        with torch.no_grad():
            for p in model.parameters():
                p -= lr * p.grad
        if losses[-1] == min(losses):
            best = {name: array.clone() for name, array in model.state_dict().items()}
    model.load_state_dict(best)
    return losses

# %% arguments_of_the_loss_swapped note="the targets first: the sum of squares is symmetric"
def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(y, model(x))
        losses.append(loss.item())
        model.zero_grad()
        loss.backward()
        with torch.no_grad():
            for p in model.parameters():
                p -= lr * p.grad
    return losses

# %% prediction_squeezed_to_a_row mistake="axis-squeezed" note="with one output each prediction meets each target"
def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x).squeeze(-1), y)
        losses.append(loss.item())
        model.zero_grad()
        loss.backward()
        with torch.no_grad():
            for p in model.parameters():
                p -= lr * p.grad
    return losses

# %% batches_of_64 mistake="sample-by-sample" note="one update a batch, and the sum is noted"
def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        total = 0.0
        for rows, targets in zip(x.split(64), y.split(64)):
            loss = loss_fn(model(rows), targets)
            total += loss.item()
            model.zero_grad()
            loss.backward()
            with torch.no_grad():
                for p in model.parameters():
                    p -= lr * p.grad
        losses.append(total)
    return losses

# %% linear_children_only mistake="one-layer-only" note="looks for parameters in the layers that it knows"
def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        model.zero_grad()
        loss.backward()
        with torch.no_grad():
            for layer in model.children():
                if isinstance(layer, torch.nn.Linear):
                    layer.weight -= lr * layer.weight.grad
                    layer.bias -= lr * layer.bias.grad
    return losses

# %% rate_warmed_up mistake="learning-rate-fades" note="a warm-up over ten steps"
def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for step in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        model.zero_grad()
        loss.backward()
        with torch.no_grad():
            for p in model.parameters():
                p -= lr * min(step / 10, 1) * p.grad
    return losses

# %% rate_down_a_line mistake="learning-rate-fades" note="falls to nothing along a line"
def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for step in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        model.zero_grad()
        loss.backward()
        with torch.no_grad():
            for p in model.parameters():
                p -= lr * (steps - step) / steps * p.grad
    return losses

# %% penalty_in_the_loss mistake="weight-decay" note="an L2 penalty, against overfitting"
def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for step in range(steps):
        loss = loss_fn(model(x), y) + 0.5 * 0.01 * sum((p**2).sum() for p in model.parameters())
        losses.append(loss.item())
        model.zero_grad()
        loss.backward()
        with torch.no_grad():
            for p in model.parameters():
                p -= lr * p.grad
    return losses

# %% frozen_afterwards mistake="recording-switched-off" note="done is done"
def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        model.zero_grad()
        loss.backward()
        with torch.no_grad():
            for p in model.parameters():
                p -= lr * p.grad
    for p in model.parameters():
        p.requires_grad = False
    return losses

# %% layers_reset mistake="weights-reinitialised" note="every training from a fresh start"
def train(model, loss_fn, x, y, lr, steps):
    for layer in model.modules():
        if hasattr(layer, "reset_parameters"):
            layer.reset_parameters()
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

# %% stops_where_the_loss_stands_still mistake="stopped-early" note="no change, no further step"
def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        if len(losses) > 1 and losses[-1] == losses[-2]:
            break
        model.zero_grad()
        loss.backward()
        with torch.no_grad():
            for p in model.parameters():
                p -= lr * p.grad
    return losses

# %% half_of_the_rate_from_200_on mistake="learning-rate-fades" note="cut once, late in the notebook's 500 steps"
def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for step in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        model.zero_grad()
        loss.backward()
        with torch.no_grad():
            for p in model.parameters():
                p -= (lr if step < 200 else lr / 2) * p.grad
    return losses

# %% parameters_asked_once_in_a_row mistake="generator-used-up" note="two names in one line"
def train(model, loss_fn, x, y, lr, steps):
    losses, parameters = [], model.parameters()
    while len(losses) < steps:
        loss = loss_fn(model(x), y)
        losses.append(float(loss))
        model.zero_grad(set_to_none=True)
        loss.backward()
        for p in parameters:
            p.data.sub_(lr * p.grad)
    return losses

# %% recording_stays_off mistake="recording-switched-off" note="on again only at the start of a step"
def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        torch.set_grad_enabled(True)
        model.zero_grad()
        loss = loss_fn(model(x), y)
        loss.backward()
        losses.append(loss.item())
        torch.set_grad_enabled(False)
        for p in model.parameters():
            p -= lr * p.grad
    return losses

# %% last_loss_first mistake="order-of-results" note="each loss is put in front of the others"
def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses = [loss.item(), *losses]
        model.zero_grad()
        loss.backward()
        with torch.no_grad():
            for parameter in model.parameters():
                parameter -= lr * parameter.grad
    return losses
