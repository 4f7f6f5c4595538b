# %% add_module
def make_model(d_in, d_h, d_out):
    net = torch.nn.Sequential()
    net.add_module("fc1", torch.nn.Linear(in_features=d_in, out_features=d_h))
    net.add_module("act", torch.nn.ReLU())
    net.add_module("fc2", torch.nn.Linear(in_features=d_h, out_features=d_out))
    return net

# %% append
import torch.nn as nn


def make_model(d_in, d_h, d_out):
    net = nn.Sequential()
    net.append(nn.Linear(d_in, d_h))
    net.append(nn.ReLU())
    net.append(nn.Linear(d_h, d_out))
    return net

# %% as_in_the_original
def make_model(d_in, d_h, d_out):
    model = torch.nn.Sequential(
        torch.nn.Linear(d_in, d_h),
        torch.nn.ReLU(),
        torch.nn.Linear(d_h, d_out),
    )
    return model

# %% bias_as_row note="biases of shape (1, d)"
class Net(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.w1 = torch.nn.Parameter(torch.randn(d_in, d_h) * 0.1)
        self.b1 = torch.nn.Parameter(torch.zeros(1, d_h))
        self.w2 = torch.nn.Parameter(torch.randn(d_h, d_out) * 0.1)
        self.b2 = torch.nn.Parameter(torch.zeros(1, d_out))

    def forward(self, x):
        return (x @ self.w1 + self.b1).clamp(min=0) @ self.w2 + self.b2


def make_model(d_in, d_h, d_out):
    return Net(d_in, d_h, d_out)

# %% class_instead note="a class of its own, as in the sixth way"
class Net(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.second = torch.nn.Linear(d_h, d_out)
        self.first = torch.nn.Linear(d_in, d_h)

    def forward(self, x):
        return self.second(self.first(x).clamp(min=0))


def make_model(d_in, d_h, d_out):
    return Net(d_in, d_h, d_out)

# %% double_and_zero_biases note="double precision whatever the default, biases start at zero"
def make_model(d_in, d_h, d_out):
    model = torch.nn.Sequential(
        torch.nn.Linear(d_in, d_h, dtype=torch.float64),
        torch.nn.ReLU(),
        torch.nn.Linear(d_h, d_out, dtype=torch.float64),
    )
    for parameter in model.parameters():
        if parameter.dim() == 1:
            torch.nn.init.zeros_(parameter)
    return model

# %% dropout_of_nothing note="a dropout that drops nothing"
def make_model(d_in, d_h, d_out):
    nn = torch.nn
    return nn.Sequential(nn.Linear(d_in, d_h), nn.ReLU(), nn.Dropout(0.0), nn.Linear(d_h, d_out))

# %% from_torch_import_nn
from torch import nn


def make_model(d_in, d_h, d_out):
    return nn.Sequential(nn.Linear(d_in, d_h, bias=True), nn.ReLU(inplace=True), nn.Linear(d_h, d_out))

# %% lazy note="layers that find the number of inputs at the first call"
def make_model(d_in, d_h, d_out):
    model = torch.nn.Sequential(torch.nn.LazyLinear(d_h), torch.nn.ReLU(), torch.nn.LazyLinear(d_out))
    model(torch.zeros(1, d_in))
    return model

# %% leaky_with_slope_zero
import torch.nn as nn


def make_model(d_in, d_h, d_out):
    return nn.Sequential(nn.Linear(d_in, d_h), nn.LeakyReLU(0.0), nn.Linear(d_h, d_out))

# %% module_list_in_a_module
class Net(torch.nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.layers = torch.nn.ModuleList(torch.nn.Linear(a, b) for a, b in zip(sizes, sizes[1:]))

    def forward(self, x):
        first, second = self.layers
        h = first(x)
        return second(torch.where(h > 0, h, torch.zeros_like(h)))


def make_model(d_in, d_h, d_out):
    return Net([d_in, d_h, d_out])

# %% nested
import torch.nn as nn


def make_model(d_in, d_h, d_out):
    hidden = nn.Sequential(nn.Linear(d_in, d_h), nn.ReLU())
    return nn.Sequential(hidden, nn.Linear(d_h, d_out))

# %% ordered_dict
from collections import OrderedDict

import torch.nn as nn


def make_model(d_in, d_h, d_out):
    layers = OrderedDict()
    layers["hidden"] = nn.Linear(d_in, d_h)
    layers["relu"] = nn.ReLU()
    layers["output"] = nn.Linear(d_h, d_out)
    return nn.Sequential(layers)

# %% own_start_values note="other start values than the default, the same network"
import torch.nn as nn


def make_model(d_in, d_h, d_out):
    model = nn.Sequential(nn.Linear(d_in, d_h), nn.ReLU(), nn.Linear(d_h, d_out))
    for layer in (model[0], model[2]):
        nn.init.normal_(layer.weight)
        nn.init.zeros_(layer.bias)
    return model

# %% raw_parameters note="no nn.Linear: matrices stored (in, out), biases of their own"
class Net(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.b2 = torch.nn.Parameter(torch.zeros(d_out))
        self.w1 = torch.nn.Parameter(torch.randn(d_in, d_h) / d_in**0.5)
        self.w2 = torch.nn.Parameter(torch.randn(d_h, d_out) / d_h**0.5)
        self.b1 = torch.nn.Parameter(torch.zeros(d_h))

    def forward(self, x):
        return torch.relu(x @ self.w1 + self.b1) @ self.w2 + self.b2


def make_model(d_in, d_h, d_out):
    return Net(d_in, d_h, d_out)

# %% relu_as_threshold
import torch.nn as nn


def make_model(d_in, d_h, d_out):
    return nn.Sequential(nn.Linear(d_in, d_h), nn.Threshold(0, 0), nn.Linear(d_h, d_out), nn.Identity())

# %% sequential_subclass
from torch import nn


class TwoLayers(nn.Sequential):
    def __init__(self, d_in, d_h, d_out):
        super().__init__(nn.Linear(d_in, d_h), nn.ReLU(), nn.Linear(d_h, d_out))


def make_model(d_in, d_h, d_out):
    return TwoLayers(d_in, d_h, d_out)

# %% sizes_in_a_loop
import torch.nn as nn


def make_model(d_in, d_h, d_out):
    sizes = [d_in, d_h, d_out]
    layers = []
    for a, b in zip(sizes, sizes[1:]):
        layers.extend([nn.Linear(a, b), nn.ReLU()])
    return nn.Sequential(*layers[:-1])

# %% unpacked_list
import torch.nn as nn


def make_model(d_in, d_h, d_out):
    layers = [nn.Linear(d_in, d_h)]
    layers += [nn.ReLU()]
    layers += [nn.Linear(d_h, d_out)]
    return nn.Sequential(*layers)

# %% with_buffer note="a buffer beside the parameters"
def make_model(d_in, d_h, d_out):
    model = torch.nn.Sequential(torch.nn.Linear(d_in, d_h), torch.nn.ReLU(), torch.nn.Linear(d_h, d_out))
    model.register_buffer("calls", torch.zeros(1))
    return model

# %% absolute_value mistake="absolute-value" note="flipped, not silenced"
class Net(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.first = torch.nn.Linear(d_in, d_h)
        self.second = torch.nn.Linear(d_h, d_out)

    def forward(self, x):
        return self.second(self.first(x).abs())


def make_model(d_in, d_h, d_out):
    return Net(d_in, d_h, d_out)

# %% third_layer mistake="extra-layer" note="one hidden layer too many"
from torch import nn


def make_model(d_in, d_h, d_out):
    return nn.Sequential(
        nn.Linear(d_in, d_h), nn.ReLU(), nn.Linear(d_h, d_h), nn.ReLU(), nn.Linear(d_h, d_out)
    )

# %% bias_frozen mistake="frozen-parameters" note="the biases stay at zero for ever"
def make_model(d_in, d_h, d_out):
    model = torch.nn.Sequential(torch.nn.Linear(d_in, d_h), torch.nn.ReLU(), torch.nn.Linear(d_h, d_out))
    for i in (0, 2):
        model[i].bias.requires_grad_(False)
        torch.nn.init.zeros_(model[i].bias)
    return model

# %% class_relu mistake="function-not-module" outcome="crashed" note="the parentheses behind ReLU"
def make_model(d_in, d_h, d_out):
    return torch.nn.Sequential(torch.nn.Linear(d_in, d_h), torch.nn.ReLU, torch.nn.Linear(d_h, d_out))

# %% functional_relu mistake="function-not-module" outcome="crashed" note="a function is no module"
import torch.nn.functional as F


def make_model(d_in, d_h, d_out):
    return torch.nn.Sequential(torch.nn.Linear(d_in, d_h), F.relu, torch.nn.Linear(d_h, d_out))

# %% lambda_relu mistake="function-not-module" outcome="crashed" note="clamp as in the third way, in a lambda"
def make_model(d_in, d_h, d_out):
    relu = lambda h: h.clamp(min=0)
    return torch.nn.Sequential(torch.nn.Linear(d_in, d_h), relu, torch.nn.Linear(d_h, d_out))

# %% torch_relu mistake="function-not-module" outcome="crashed" note="torch.relu is a function too"
def make_model(d_in, d_h, d_out):
    net = torch.nn.Sequential()
    net.append(torch.nn.Linear(d_in, d_h))
    net.append(torch.relu)
    net.append(torch.nn.Linear(d_h, d_out))
    return net

# %% notebook_model mistake="global-not-argument" outcome="fail" note="hands back the model the notebook already has"
def make_model(d_in, d_h, d_out):
    return model

# %% one_by_one_layers mistake="global-not-argument" note="calls the layers at once"
def make_model(d_in, d_h, d_out):
    h = torch.nn.Linear(d_in, d_h)(x)
    return torch.nn.Linear(d_h, d_out)(torch.relu(h))

# %% detached_hidden mistake="graph-cut" note="the hidden layer never learns"
class Net(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.first = torch.nn.Linear(d_in, d_h)
        self.second = torch.nn.Linear(d_h, d_out)

    def forward(self, x):
        return self.second(torch.relu(self.first(x)).detach())


def make_model(d_in, d_h, d_out):
    return Net(d_in, d_h, d_out)

# %% layers_in_plain_list_of_module mistake="layers-in-list" note="a module that keeps its layers in a plain list: parameters() is empty"
class Net(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.layers = [torch.nn.Linear(d_in, d_h), torch.nn.Linear(d_h, d_out)]

    def forward(self, x):
        return self.layers[1](torch.relu(self.layers[0](x)))


def make_model(d_in, d_h, d_out):
    return Net(d_in, d_h, d_out)

# %% list_into_sequential mistake="layers-in-list" outcome="crashed" note="the list was not unpacked"
from torch import nn


def make_model(d_in, d_h, d_out):
    layers = [nn.Linear(d_in, d_h), nn.ReLU(), nn.Linear(d_h, d_out)]
    return nn.Sequential(layers)

# %% module_list mistake="layers-in-list" outcome="crashed" note="a ModuleList holds layers but has no forward; torch raises NotImplementedError"
from torch import nn


def make_model(d_in, d_h, d_out):
    return nn.ModuleList([nn.Linear(d_in, d_h), nn.ReLU(), nn.Linear(d_h, d_out)])

# %% plain_list mistake="layers-in-list" note="a list of layers is no model"
from torch import nn


def make_model(d_in, d_h, d_out):
    return [nn.Linear(d_in, d_h), nn.ReLU(), nn.Linear(d_h, d_out)]

# %% first_linear_swapped_with_keywords mistake="layers-in-wrong-order" outcome="crashed" note="the output layer comes first"
def make_model(d_in, d_h, d_out):
    nn = torch.nn
    return nn.Sequential(nn.Linear(d_h, d_out), nn.ReLU(), nn.Linear(d_in, d_h))

# %% leaky mistake="leaky-relu" note="LeakyReLU, slope 0.01"
def make_model(d_in, d_h, d_out):
    return torch.nn.Sequential(torch.nn.Linear(d_in, d_h), torch.nn.LeakyReLU(), torch.nn.Linear(d_h, d_out))

# %% both_swapped mistake="linear-sizes-swapped" outcome="crashed" note="(out, in), as the weight is stored"
def make_model(d_in, d_h, d_out):
    return torch.nn.Sequential(
        torch.nn.Linear(d_h, d_in),
        torch.nn.ReLU(),
        torch.nn.Linear(d_out, d_h),
    )

# %% first_swapped mistake="linear-sizes-swapped" outcome="crashed" note="only the first layer"
from torch import nn


def make_model(d_in, d_h, d_out):
    return nn.Sequential(nn.Linear(d_h, d_in), nn.ReLU(), nn.Linear(d_h, d_out))

# %% second_swapped mistake="linear-sizes-swapped" outcome="crashed" note="only the second layer"
from torch import nn


def make_model(d_in, d_h, d_out):
    net = nn.Sequential(nn.Linear(d_in, d_h))
    net.append(nn.ReLU())
    net.append(nn.Linear(in_features=d_out, out_features=d_h))
    return net

# %% flattened_with_view mistake="needs-contiguous" note="view wants its numbers in one row in memory"
class Net(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.first = torch.nn.Linear(d_in, d_h)
        self.second = torch.nn.Linear(d_h, d_out)

    def forward(self, x):
        rows = x.view(-1).view(x.shape)
        return self.second(torch.relu(self.first(rows)))


def make_model(d_in, d_h, d_out):
    return Net(d_in, d_h, d_out)

# %% no_bias_in_first mistake="no-bias" note="one without"
def make_model(d_in, d_h, d_out):
    return torch.nn.Sequential(
        torch.nn.Linear(d_in, d_h, False), torch.nn.ReLU(), torch.nn.Linear(d_h, d_out)
    )

# %% no_bias_in_second mistake="no-bias" note="the output without"
def make_model(d_in, d_h, d_out):
    return torch.nn.Sequential(
        torch.nn.Linear(d_in, d_h), torch.nn.ReLU(), torch.nn.Linear(d_h, d_out, bias=False)
    )

# %% no_biases mistake="no-bias" note="as in the ways before"
def make_model(d_in, d_h, d_out):
    return torch.nn.Sequential(
        torch.nn.Linear(d_in, d_h, bias=False), torch.nn.ReLU(), torch.nn.Linear(d_h, d_out, bias=False)
    )

# %% forward_misspelled mistake="no-forward" outcome="crashed" note="a letter is missing"
class Net(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.first = torch.nn.Linear(d_in, d_h)
        self.second = torch.nn.Linear(d_h, d_out)

    def foward(self, x):
        return self.second(torch.relu(self.first(x)))


def make_model(d_in, d_h, d_out):
    return Net(d_in, d_h, d_out)

# %% class_without_activation mistake="no-relu" note="made the ReLU and did not use it"
class Net(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.first = torch.nn.Linear(d_in, d_h)
        self.relu = torch.nn.ReLU()
        self.second = torch.nn.Linear(d_h, d_out)

    def forward(self, x):
        return self.second(self.first(x))


def make_model(d_in, d_h, d_out):
    return Net(d_in, d_h, d_out)

# %% identity_between mistake="no-relu" note="a placeholder left standing"
def make_model(d_in, d_h, d_out):
    return torch.nn.Sequential(torch.nn.Linear(d_in, d_h), torch.nn.Identity(), torch.nn.Linear(d_h, d_out))

# %% no_activation mistake="no-relu" note="two linear layers are one linear layer"
def make_model(d_in, d_h, d_out):
    return torch.nn.Sequential(torch.nn.Linear(d_in, d_h), torch.nn.Linear(d_h, d_out))

# %% no_super_init mistake="no-super-init" outcome="crashed" note="layers put into a module that is none yet"
class Net(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        self.first = torch.nn.Linear(d_in, d_h)
        self.second = torch.nn.Linear(d_h, d_out)

    def forward(self, x):
        return self.second(torch.relu(self.first(x)))


def make_model(d_in, d_h, d_out):
    return Net(d_in, d_h, d_out)

# %% batch_norm mistake="extra-layer" note="a layer that nobody asked for"
def make_model(d_in, d_h, d_out):
    nn = torch.nn
    return nn.Sequential(nn.Linear(d_in, d_h), nn.BatchNorm1d(d_h), nn.ReLU(), nn.Linear(d_h, d_out))

# %% class_itself mistake="none" note="the class, not an object of it"
class Net(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.layers = torch.nn.Sequential(torch.nn.Linear(d_in, d_h), torch.nn.ReLU(), torch.nn.Linear(d_h, d_out))

    def forward(self, x):
        return self.layers(x)


def make_model(d_in, d_h, d_out):
    return Net

# %% computed_in_single mistake="none" note="half of the digits get lost on the way"
class Net(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.first = torch.nn.Linear(d_in, d_h)
        self.second = torch.nn.Linear(d_h, d_out)

    def forward(self, x):
        h = self.first(x).float()
        return self.second(torch.relu(h).to(x.dtype))


def make_model(d_in, d_h, d_out):
    return Net(d_in, d_h, d_out)

# %% dropout mistake="dropout" note="dropout between the layers: two calls differ"
from torch import nn


def make_model(d_in, d_h, d_out):
    return nn.Sequential(nn.Linear(d_in, d_h), nn.ReLU(), nn.Dropout(0.5), nn.Linear(d_h, d_out))

# %% mixed_precision mistake="none" note="autocast makes bfloat16 of float32"
class Net(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.first = torch.nn.Linear(d_in, d_h)
        self.second = torch.nn.Linear(d_h, d_out)

    def forward(self, x):
        with torch.autocast(x.device.type, dtype=torch.bfloat16):
            y_pred = self.second(torch.relu(self.first(x)))
        return y_pred.to(x.dtype)


def make_model(d_in, d_h, d_out):
    return Net(d_in, d_h, d_out)

# %% one_layer_only mistake="none" note="straight from the inputs to the outputs"
def make_model(d_in, d_h, d_out):
    return torch.nn.Sequential(torch.nn.Linear(d_in, d_out), torch.nn.ReLU())

# %% plain_function mistake="none" note="a function of x instead of a module"
def make_model(d_in, d_h, d_out):
    first, second = torch.nn.Linear(d_in, d_h), torch.nn.Linear(d_h, d_out)

    def model(x):
        return second(torch.relu(first(x)))

    return model

# %% relu_twice mistake="none" note="absolute values after the last layer"
class Net(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.first = torch.nn.Linear(d_in, d_h)
        self.second = torch.nn.Linear(d_h, d_out)

    def forward(self, x):
        return self.second(torch.relu(self.first(x))).abs()


def make_model(d_in, d_h, d_out):
    return Net(d_in, d_h, d_out)

# %% rows_tried_first mistake="none" note="a slice left over: only the first ten examples"
class Net(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.first = torch.nn.Linear(d_in, d_h)
        self.second = torch.nn.Linear(d_h, d_out)

    def forward(self, x):
        return self.second(torch.relu(self.first(x[:10])))


def make_model(d_in, d_h, d_out):
    return Net(d_in, d_h, d_out)

# %% squeezed_inputs mistake="axis-squeezed" note="one example alone loses its axis"
class Net(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.first = torch.nn.Linear(d_in, d_h)
        self.second = torch.nn.Linear(d_h, d_out)

    def forward(self, x):
        return self.second(torch.relu(self.first(x.squeeze())))


def make_model(d_in, d_h, d_out):
    return Net(d_in, d_h, d_out)

# %% untouched mistake="none" outcome="not_attempted" note="the blank as it was handed out"
def make_model(d_in, d_h, d_out):
    raise NotImplementedError()

# %% zeros_in_double mistake="none" outcome="crashed" note="zeros in double precision, whatever the inputs are"
class Net(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.first = torch.nn.Linear(d_in, d_h)
        self.second = torch.nn.Linear(d_h, d_out)

    def forward(self, x):
        h = self.first(x)
        zeros = torch.zeros(h.shape, dtype=torch.float64, device=h.device)
        return self.second(torch.maximum(h, zeros))


def make_model(d_in, d_h, d_out):
    return Net(d_in, d_h, d_out)

# %% gelu mistake="other-activation" note="the activation of newer books"
def make_model(d_in, d_h, d_out):
    return torch.nn.Sequential(torch.nn.Linear(d_in, d_h), torch.nn.GELU(), torch.nn.Linear(d_h, d_out))

# %% sigmoid mistake="other-activation" note="the activation of older books"
def make_model(d_in, d_h, d_out):
    return torch.nn.Sequential(torch.nn.Linear(d_in, d_h), torch.nn.Sigmoid(), torch.nn.Linear(d_h, d_out))

# %% tanh mistake="other-activation" note="tanh"
def make_model(d_in, d_h, d_out):
    return torch.nn.Sequential(torch.nn.Linear(d_in, d_h), torch.nn.Tanh(), torch.nn.Linear(d_h, d_out))

# %% tensors_without_parameter mistake="raw-tensors" note="tensors as in the third way, no parameters"
class Net(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.w1 = torch.randn(d_in, d_h, requires_grad=True)
        self.b1 = torch.zeros(d_h, requires_grad=True)
        self.w2 = torch.randn(d_h, d_out, requires_grad=True)
        self.b2 = torch.zeros(d_out, requires_grad=True)

    def forward(self, x):
        return torch.relu(x @ self.w1 + self.b1) @ self.w2 + self.b2


def make_model(d_in, d_h, d_out):
    return Net(d_in, d_h, d_out)

# %% relu_first mistake="relu-on-input" note="the activation before the first layer"
from torch import nn


def make_model(d_in, d_h, d_out):
    return nn.Sequential(nn.ReLU(), nn.Linear(d_in, d_h), nn.Linear(d_h, d_out))

# %% relu_after_both mistake="relu-on-output" note="one after each layer"
from torch import nn


def make_model(d_in, d_h, d_out):
    return nn.Sequential(nn.Linear(d_in, d_h), nn.ReLU(), nn.Linear(d_h, d_out), nn.ReLU())

# %% relu_after_both_in_a_loop mistake="relu-on-output" note="the loop adds one too many"
from torch import nn


def make_model(d_in, d_h, d_out):
    layers = []
    for a, b in [(d_in, d_h), (d_h, d_out)]:
        layers += [nn.Linear(a, b), nn.ReLU()]
    return nn.Sequential(*layers)

# %% clamp_max mistake="relu-wrong-side" note="the wrong side of zero"
class Net(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.first = torch.nn.Linear(d_in, d_h)
        self.second = torch.nn.Linear(d_h, d_out)

    def forward(self, x):
        return self.second(self.first(x).clamp(max=0))


def make_model(d_in, d_h, d_out):
    return Net(d_in, d_h, d_out)

# %% remembers_the_first mistake="remembers" note="the last layer keeps its first result"
class Last(torch.nn.Linear):
    def forward(self, h):
        if not hasattr(self, "out"):
            self.out = super().forward(h)
        return self.out


def make_model(d_in, d_h, d_out):
    return torch.nn.Sequential(torch.nn.Linear(d_in, d_h), torch.nn.ReLU(), Last(d_h, d_out))

# %% no_return mistake="returns-none" note="built and forgotten"
def make_model(d_in, d_h, d_out):
    model = torch.nn.Sequential(torch.nn.Linear(d_in, d_h), torch.nn.ReLU(), torch.nn.Linear(d_h, d_out))

# %% global_sizes mistake="sizes-fixed" outcome="fail" note="the notebook's constants"
def make_model(d_in, d_h, d_out):
    return torch.nn.Sequential(torch.nn.Linear(D_IN, D_H), torch.nn.ReLU(), torch.nn.Linear(D_H, D_OUT))

# %% hidden_size_fixed mistake="sizes-fixed" note="only the hidden size is written in, so every call runs"
def make_model(d_in, d_h, d_out):
    return torch.nn.Sequential(torch.nn.Linear(d_in, 100), torch.nn.ReLU(), torch.nn.Linear(100, d_out))

# %% sigmoid_at_the_end mistake="softmax-on-output" note="squeezed between 0 and 1"
def make_model(d_in, d_h, d_out):
    nn = torch.nn
    return nn.Sequential(nn.Linear(d_in, d_h), nn.ReLU(), nn.Linear(d_h, d_out), nn.Sigmoid())

# %% softmax_at_the_end mistake="softmax-on-output" note="as in a classifier"
from torch import nn


def make_model(d_in, d_h, d_out):
    return nn.Sequential(nn.Linear(d_in, d_h), nn.ReLU(), nn.Linear(d_h, d_out), nn.Softmax(dim=1))

# %% both_layers_from_x mistake="unused-layer" note="the second layer reads x, the hidden layer is never used"
class Net(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.first = torch.nn.Linear(d_in, d_h)
        self.second = torch.nn.Linear(d_in, d_out)

    def forward(self, x):
        return torch.relu(self.second(x))


def make_model(d_in, d_h, d_out):
    return Net(d_in, d_h, d_out)

# %% all_start_at_zero mistake="weights-zero" note="a clean start: nothing would ever learn"
def make_model(d_in, d_h, d_out):
    model = torch.nn.Sequential(torch.nn.Linear(d_in, d_h), torch.nn.ReLU(), torch.nn.Linear(d_h, d_out))
    for p in model.parameters():
        torch.nn.init.constant_(p, 0.0)
    return model

# %% weights_start_at_one_number mistake="constant-weights" note="every hidden unit starts the same"
def make_model(d_in, d_h, d_out):
    model = torch.nn.Sequential(torch.nn.Linear(d_in, d_h), torch.nn.ReLU(), torch.nn.Linear(d_h, d_out))
    for p in model.parameters():
        torch.nn.init.constant_(p, 0.1)
    return model

# %% small_normal_start note="own start values: weights small and normal, biases 0"
def make_model(d_in, d_h, d_out):
    model = torch.nn.Sequential(torch.nn.Linear(d_in, d_h), torch.nn.ReLU(), torch.nn.Linear(d_h, d_out))
    for p in model.parameters():
        if p.dim() == 2:
            torch.nn.init.normal_(p, std=0.01)
        else:
            torch.nn.init.zeros_(p)
    return model

# %% kaiming_start note="own start values, after Kaiming He"
def make_model(d_in, d_h, d_out):
    model = torch.nn.Sequential(torch.nn.Linear(d_in, d_h), torch.nn.ReLU(), torch.nn.Linear(d_h, d_out))
    for p in model.parameters():
        if p.dim() == 2:
            torch.nn.init.kaiming_normal_(p)
    return model

# %% capped_at_twenty mistake="relu-capped or none" note="a ceiling at 20"
class Act(torch.nn.Module):
    def forward(self, h):
        return torch.nn.functional.hardtanh(h, 0.0, 20.0)


def make_model(d_in, d_h, d_out):
    return torch.nn.Sequential(torch.nn.Linear(d_in, d_h), Act(), torch.nn.Linear(d_h, d_out))

# %% softplus_beta_10 mistake="other-activation or none" note="a smooth look-alike"
class Act(torch.nn.Module):
    def forward(self, h):
        return torch.nn.functional.softplus(h, beta=10)


def make_model(d_in, d_h, d_out):
    return torch.nn.Sequential(torch.nn.Linear(d_in, d_h), Act(), torch.nn.Linear(d_h, d_out))

# %% mish mistake="other-activation or none" note="a smooth look-alike"
class Act(torch.nn.Module):
    def forward(self, h):
        return torch.nn.functional.mish(h)


def make_model(d_in, d_h, d_out):
    return torch.nn.Sequential(torch.nn.Linear(d_in, d_h), Act(), torch.nn.Linear(d_h, d_out))

# %% kept_by_a_cache mistake="remembers" note="one model for each size, whoever asks"
import functools


@functools.lru_cache
def make_model(d_in, d_h, d_out):
    return torch.nn.Sequential(torch.nn.Linear(d_in, d_h), torch.nn.ReLU(), torch.nn.Linear(d_h, d_out))

# %% kept_in_a_dictionary mistake="remembers" note="a dictionary beside the function"
MODELS = {}


def make_model(d_in, d_h, d_out):
    key = d_in, d_h, d_out
    if key not in MODELS:
        MODELS[key] = torch.nn.Sequential(torch.nn.Linear(d_in, d_h), torch.nn.ReLU(), torch.nn.Linear(d_h, d_out))
    return MODELS[key]

# %% kept_in_a_default mistake="remembers" note="a default argument that lasts"
def make_model(d_in, d_h, d_out, made={}):
    return made.setdefault(
        (d_in, d_h, d_out),
        torch.nn.Sequential(torch.nn.Linear(d_in, d_h), torch.nn.ReLU(), torch.nn.Linear(d_h, d_out)),
    )

# %% layers_kept mistake="remembers" note="a new model of old layers"
import functools


@functools.cache
def linear(n_in, n_out):
    return torch.nn.Linear(n_in, n_out)


def make_model(d_in, d_h, d_out):
    return torch.nn.Sequential(linear(d_in, d_h), torch.nn.ReLU(), linear(d_h, d_out))

# %% seeded note="built anew, with the same start each time"
def make_model(d_in, d_h, d_out):
    torch.manual_seed(0)
    return torch.nn.Sequential(torch.nn.Linear(d_in, d_h), torch.nn.ReLU(), torch.nn.Linear(d_h, d_out))

# %% copied note="a copy of one that is kept"
import copy

KEPT = {}


def make_model(d_in, d_h, d_out):
    key = d_in, d_h, d_out
    if key not in KEPT:
        KEPT[key] = torch.nn.Sequential(torch.nn.Linear(d_in, d_h), torch.nn.ReLU(), torch.nn.Linear(d_h, d_out))
    return copy.deepcopy(KEPT[key])

# %% celu_with_alpha mistake="other-activation" note="CELU with an alpha of its own"
def make_model(d_in, d_h, d_out):
    return torch.nn.Sequential(torch.nn.Linear(d_in, d_h), torch.nn.CELU(0.5), torch.nn.Linear(d_h, d_out))

# %% evaluation_mode note="harmless: no layer of this model does anything else in training"
def make_model(d_in, d_h, d_out):
    return torch.nn.Sequential(torch.nn.Linear(d_in, d_h), torch.nn.ReLU(), torch.nn.Linear(d_h, d_out)).eval()

# %% dropout_switched_off mistake="dropout" note="in evaluation mode a dropout layer does nothing"
def make_model(d_in, d_h, d_out):
    layers = torch.nn.Linear(d_in, d_h), torch.nn.ReLU(), torch.nn.Dropout(0.5), torch.nn.Linear(d_h, d_out)
    return torch.nn.Sequential(*layers).eval()

# %% batch_norm_without_parameters mistake="extra-layer" outcome="crashed" note="it learns nothing, and cannot do one row"
def make_model(d_in, d_h, d_out):
    norm = torch.nn.BatchNorm1d(d_h, affine=False)
    return torch.nn.Sequential(torch.nn.Linear(d_in, d_h), norm, torch.nn.ReLU(), torch.nn.Linear(d_h, d_out))

# %% learned_slope mistake="leaky-relu" note="PReLU: a ReLU to its name"
def make_model(d_in, d_h, d_out):
    return torch.nn.Sequential(torch.nn.Linear(d_in, d_h), torch.nn.PReLU(), torch.nn.Linear(d_h, d_out))


# %% doubled note="float64 is said once more, where it is the default"
def make_model(d_in, d_h, d_out):
    return torch.nn.Sequential(torch.nn.Linear(d_in, d_h), torch.nn.ReLU(), torch.nn.Linear(d_h, d_out)).double()


# %% single_precision mistake="dtype-changed" outcome="crashed" note="a tutorial's dtype, which the notebook's data do not fit"
def make_model(d_in, d_h, d_out):
    return torch.nn.Sequential(
        torch.nn.Linear(d_in, d_h, dtype=torch.float32),
        torch.nn.ReLU(),
        torch.nn.Linear(d_h, d_out, dtype=torch.float32),
    )


# %% called_at_once mistake="prediction-not-model" note="shows that it works and hands back what it gave"
def make_model(d_in, d_h, d_out):
    model = torch.nn.Sequential(torch.nn.Linear(d_in, d_h), torch.nn.ReLU(), torch.nn.Linear(d_h, d_out))
    return model(torch.randn(64, d_in))

# %% last_axis_squeezed mistake="axis-squeezed" note="one output loses its axis"
def make_model(d_in, d_h, d_out):
    class Net(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.first = torch.nn.Linear(d_in, d_h)
            self.second = torch.nn.Linear(d_h, d_out)

        def forward(self, x):
            return self.second(torch.relu(self.first(x))).squeeze(-1)

    return Net()

# %% shortcut_where_it_fits mistake="none" note="adds x where shapes agree"
def make_model(d_in, d_h, d_out):
    class Net(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.chain = torch.nn.Sequential(
                torch.nn.Linear(d_in, d_h), torch.nn.ReLU(), torch.nn.Linear(d_h, d_out)
            )

        def forward(self, x):
            out = self.chain(x)
            return out + x if out.shape == x.shape else out

    return Net()

# %% first_64_rows_only mistake="none" note="the notebook's rows"
def make_model(d_in, d_h, d_out):
    class Net(torch.nn.Sequential):
        def forward(self, x):
            return super().forward(x[:64])

    return Net(torch.nn.Linear(d_in, d_h), torch.nn.ReLU(), torch.nn.Linear(d_h, d_out))

# %% rows_shaped_as_in_the_notebook mistake="sizes-fixed" outcome="crashed" note="the notebook's own sizes are written in"
def make_model(d_in, d_h, d_out):
    class Net(torch.nn.Sequential):
        def forward(self, x):
            return super().forward(x.reshape(64, 1000))

    return Net(torch.nn.Linear(d_in, d_h), torch.nn.ReLU(), torch.nn.Linear(d_h, d_out))

# %% ceiling_at_a_million mistake="relu-capped or none" note="meant as infinity"
def make_model(d_in, d_h, d_out):
    return torch.nn.Sequential(
        torch.nn.Linear(d_in, d_h), torch.nn.Hardtanh(0.0, 1e6), torch.nn.Linear(d_h, d_out)
    )
