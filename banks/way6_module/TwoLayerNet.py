# %% add_module
import torch.nn as nn


class TwoLayerNet(nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.add_module("one", nn.Linear(d_in, d_h))
        self.add_module("two", nn.Linear(d_h, d_out))

    def forward(self, x):
        h = self.one(x)
        return self.two(torch.maximum(h, h.new_zeros(())))

# %% as_in_the_original
class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super(TwoLayerNet, self).__init__()
        self.linear1 = torch.nn.Linear(d_in, d_h)
        self.linear2 = torch.nn.Linear(d_h, d_out)

    def forward(self, x):
        h_relu = self.linear1(x).clamp(min=0)
        y_pred = self.linear2(h_relu)
        return y_pred

# %% attributes_in_another_order note="parameters() lists the second layer first"
import torch.nn as nn
import torch.nn.functional as F


class TwoLayerNet(nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.output = nn.Linear(d_h, d_out)
        self.hidden = nn.Linear(d_in, d_h)

    def forward(self, x):
        x = F.relu(self.hidden(x))
        return self.output(x)

# %% bias_as_a_row note="biases of shape (1, d): a row that is added to each example"
class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.w1 = torch.nn.Parameter(torch.randn(d_in, d_h))
        self.b1 = torch.nn.Parameter(torch.zeros(1, d_h))
        self.b2 = torch.nn.Parameter(torch.zeros(1, d_out))
        self.w2 = torch.nn.Parameter(torch.randn(d_h, d_out))

    def forward(self, x):
        h = torch.mm(x, self.w1) + self.b1
        return torch.mm(torch.relu(h), self.w2) + self.b2

# %% bias_of_the_output_only mistake="no-bias" note="the text asks for biases in both layers"
class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.hidden = torch.nn.Linear(d_in, d_h, bias=False)
        self.output = torch.nn.Linear(d_h, d_out)

    def forward(self, x):
        return self.output(torch.nn.functional.relu(self.hidden(x)))

# %% extra_arguments_with_defaults
import torch.nn as nn


class TwoLayerNet(nn.Module):
    """Linear, ReLU, linear."""

    def __init__(self, d_in=1000, d_h=100, d_out=10, bias=True):
        super().__init__()
        self.d_in, self.d_h, self.d_out = d_in, d_h, d_out
        self.first = nn.Linear(d_in, d_h, bias=bias)
        self.second = nn.Linear(d_h, d_out, bias=bias)

    def forward(self, x, verbose=False):
        h = self.first(x)
        if verbose:
            print(h.shape)
        mask = (h > 0).to(h.dtype)
        return self.second(h * mask)

# %% lazy_layers note="layers that find the number of inputs at the first call"
class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.linear1 = torch.nn.LazyLinear(d_h)
        self.linear2 = torch.nn.LazyLinear(d_out)

    def forward(self, x):
        return self.linear2(torch.relu(self.linear1(x)))

# %% list_kept_beside_the_attributes note="the list is only a second road to registered layers"
import torch.nn as nn


class TwoLayerNet(nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.a = nn.Linear(d_in, d_h)
        self.b = nn.Linear(d_h, d_out)
        self.steps = [self.a, torch.relu, self.b]

    def forward(self, x):
        for step in self.steps:
            x = step(x)
        return x

# %% module_dict
from torch import nn


class TwoLayerNet(nn.Module):
    def __init__(self, d_in, d_h, d_out):
        nn.Module.__init__(self)
        self.layers = nn.ModuleDict({"a": nn.Linear(d_in, d_h), "b": nn.Linear(d_h, d_out)})

    def forward(self, x):
        h = self.layers["a"](x)
        return self.layers["b"](torch.where(h > 0, h, torch.zeros_like(h)))

# %% module_list
from torch import nn


class TwoLayerNet(nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(d_in, d_h), nn.Linear(d_h, d_out)])

    def forward(self, x):
        first, second = self.layers
        return second(torch.relu(first(x)))

# %% named_arguments_and_buffers note="keeps an unused buffer, which is no parameter"
import torch.nn as nn


class TwoLayerNet(nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.linear1 = nn.Linear(in_features=d_in, out_features=d_h)
        self.linear2 = nn.Linear(in_features=d_h, out_features=d_out)
        self.register_buffer("n_calls", torch.zeros((), dtype=torch.long))

    def forward(self, x):
        self.n_calls += 1
        h = self.linear1(x)
        h = h.clamp_(min=0)
        return self.linear2(h)

# %% no_biases mistake="no-bias" note="the text asks for biases"
class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.linear1 = torch.nn.Linear(d_in, d_h, bias=False)
        self.linear2 = torch.nn.Linear(d_h, d_out, bias=False)

    def forward(self, x):
        return self.linear2(self.linear1(x).clamp(min=0))

# %% own_parameters_in_out note="matrices of its own, stored (in, out) as in ways 1 to 3"
class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.w1 = torch.nn.Parameter(torch.randn(d_in, d_h) / d_in**0.5)
        self.b1 = torch.nn.Parameter(torch.randn(d_h))
        self.w2 = torch.nn.Parameter(torch.randn(d_h, d_out) / d_h**0.5)
        self.b2 = torch.nn.Parameter(torch.randn(d_out))

    def forward(self, x):
        h = x.mm(self.w1) + self.b1
        return h.clamp(min=0).mm(self.w2) + self.b2

# %% own_parameters_out_in note="matrices of its own, stored (out, in) as nn.Linear does"
from torch import nn


class TwoLayerNet(nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.bias2 = nn.Parameter(torch.zeros(d_out))
        self.weight2 = nn.Parameter(torch.empty(d_out, d_h))
        self.bias1 = nn.Parameter(torch.zeros(d_h))
        self.weight1 = nn.Parameter(torch.empty(d_h, d_in))
        nn.init.xavier_normal_(self.weight1)
        nn.init.xavier_normal_(self.weight2)

    def forward(self, x):
        h = nn.functional.linear(x, self.weight1, self.bias1)
        return torch.addmm(self.bias2, h.relu(), self.weight2.T)

# %% own_relu_function_inside note="an autograd function of its own as activation"
class Gate(torch.autograd.Function):
    @staticmethod
    def forward(ctx, h):
        ctx.save_for_backward(h)
        return h.clamp(min=0)

    @staticmethod
    def backward(ctx, grad):
        (h,) = ctx.saved_tensors
        return grad * (h > 0)


class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.linear1 = torch.nn.Linear(d_in, d_h)
        self.linear2 = torch.nn.Linear(d_h, d_out)

    def forward(self, x):
        return self.linear2(Gate.apply(self.linear1(x)))

# %% parameter_list
class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        sizes = [(d_in, d_h), (d_h,), (d_h, d_out), (d_out,)]
        self.weights = torch.nn.ParameterList(torch.nn.Parameter(torch.randn(*s)) for s in sizes)

    def forward(self, x):
        w1, b1, w2, b2 = self.weights
        return (x @ w1 + b1).clip(min=0) @ w2 + b2

# %% register_parameter
class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        for name, shape in {"w1": (d_in, d_h), "c1": (d_h,), "w2": (d_h, d_out), "c2": (d_out,)}.items():
            self.register_parameter(name, torch.nn.Parameter(0.1 * torch.randn(shape)))

    def forward(self, x):
        h_relu = torch.relu(x @ self.w1 + self.c1)
        return h_relu @ self.w2 + self.c2

# %% sequential_inside
from torch import nn


class TwoLayerNet(nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(d_in, d_h), nn.ReLU(), nn.Linear(d_h, d_out))

    def forward(self, x):
        return self.net(x)

# %% short_super
from torch import nn


class TwoLayerNet(nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.fc1 = nn.Linear(d_in, d_h)
        self.relu = nn.ReLU()
        self.fc2 = nn.Linear(d_h, d_out)

    def forward(self, x):
        return self.fc2(self.relu(self.fc1(x)))

# %% subclass_of_sequential
import torch.nn as nn


class TwoLayerNet(nn.Sequential):
    def __init__(self, d_in, d_h, d_out):
        super().__init__(nn.Linear(d_in, d_h), nn.ReLU(), nn.Linear(d_h, d_out))

# %% submodule_of_its_own
class Layer(torch.nn.Module):
    def __init__(self, n_in, n_out, active):
        super().__init__()
        self.linear = torch.nn.Linear(n_in, n_out)
        self.active = active

    def forward(self, x):
        z = self.linear(x)
        return torch.nn.functional.relu(z) if self.active else z


class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.hidden = Layer(d_in, d_h, True)
        self.out = Layer(d_h, d_out, False)

    def forward(self, x):
        return self.out(self.hidden(x))

# %% absolute_hidden mistake="absolute-value" note="flipped instead of silenced"
class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.linear1 = torch.nn.Linear(d_in, d_h)
        self.linear2 = torch.nn.Linear(d_h, d_out)

    def forward(self, x):
        h = self.linear1(x)
        return self.linear2(h.abs())

# %% comma_after_the_layer mistake="comma-makes-tuple" outcome="crashed" note="a comma after the layer makes a tuple of it"
class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.linear1 = torch.nn.Linear(d_in, d_h),
        self.linear2 = torch.nn.Linear(d_h, d_out)

    def forward(self, x):
        return self.linear2(torch.relu(self.linear1(x)))

# %% second_hidden_layer mistake="extra-layer" note="three layers"
class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.linear1 = torch.nn.Linear(d_in, d_h)
        self.middle = torch.nn.Linear(d_h, d_h)
        self.linear2 = torch.nn.Linear(d_h, d_out)

    def forward(self, x):
        h = torch.relu(self.linear1(x))
        return self.linear2(torch.relu(self.middle(h)))

# %% all_in_no_grad mistake="forward-in-no-grad" note="the decorator on forward"
class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.linear1 = torch.nn.Linear(d_in, d_h)
        self.linear2 = torch.nn.Linear(d_h, d_out)

    @torch.no_grad()
    def forward(self, x):
        return self.linear2(self.linear1(x).clamp(min=0))

# %% forward_stores_the_result mistake="forward-returns-none" note="the result is kept in an attribute"
class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.linear1 = torch.nn.Linear(d_in, d_h)
        self.linear2 = torch.nn.Linear(d_h, d_out)

    def forward(self, x):
        self.h = torch.relu(self.linear1(x))
        self.y_pred = self.linear2(self.h)
        return

# %% forward_without_return mistake="forward-returns-none" note="computed and forgotten"
class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.linear1 = torch.nn.Linear(d_in, d_h)
        self.linear2 = torch.nn.Linear(d_h, d_out)

    def forward(self, x):
        h_relu = self.linear1(x).clamp(min=0)
        y_pred = self.linear2(h_relu)

# %% weights_frozen mistake="frozen-parameters" note="the first layer is switched off for training"
class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.linear1 = torch.nn.Linear(d_in, d_h)
        self.linear2 = torch.nn.Linear(d_h, d_out)
        for p in self.linear1.parameters():
            p.requires_grad = False

    def forward(self, x):
        return self.linear2(self.linear1(x).clamp(min=0))

# %% forward_reads_notebook_x mistake="global-not-argument" note="the argument has another name than the body uses"
class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.linear1 = torch.nn.Linear(d_in, d_h)
        self.linear2 = torch.nn.Linear(d_h, d_out)

    def forward(self, inputs):
        h_relu = self.linear1(x).clamp(min=0)
        return self.linear2(h_relu)

# %% hidden_data mistake="graph-cut" note=".data for an in-place change"
class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.linear1 = torch.nn.Linear(d_in, d_h)
        self.linear2 = torch.nn.Linear(d_h, d_out)

    def forward(self, x):
        h = self.linear1(x).data
        h[h < 0] = 0
        return self.linear2(h)

# %% hidden_detached mistake="graph-cut" note="detached: the first layer never learns"
class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.linear1 = torch.nn.Linear(d_in, d_h)
        self.linear2 = torch.nn.Linear(d_h, d_out)

    def forward(self, x):
        h_relu = self.linear1(x).detach().clamp(min=0)
        return self.linear2(h_relu)

# %% hidden_in_no_grad mistake="graph-cut" note="no_grad around the first layer"
class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.linear1 = torch.nn.Linear(d_in, d_h)
        self.linear2 = torch.nn.Linear(d_h, d_out)

    def forward(self, x):
        with torch.no_grad():
            h_relu = torch.relu(self.linear1(x))
        return self.linear2(h_relu)

# %% init_misspelled mistake="init-misspelled" outcome="crashed" note="single underscores: the constructor of Module is called instead"
class TwoLayerNet(torch.nn.Module):
    def _init_(self, d_in, d_h, d_out):
        super().__init__()
        self.linear1 = torch.nn.Linear(d_in, d_h)
        self.linear2 = torch.nn.Linear(d_h, d_out)

    def forward(self, x):
        return self.linear2(self.linear1(x).clamp(min=0))

# %% input_centred_in_place mistake="inputs-changed" note="centres the data, in place"
class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.linear1 = torch.nn.Linear(d_in, d_h)
        self.linear2 = torch.nn.Linear(d_h, d_out)

    def forward(self, x):
        x -= x.mean()
        return self.linear2(torch.relu(self.linear1(x)))

# %% layers_without_self mistake="layer-without-self" outcome="crashed" note="local names in __init__ are gone when forward runs"
class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        linear1 = torch.nn.Linear(d_in, d_h)
        linear2 = torch.nn.Linear(d_h, d_out)

    def forward(self, x):
        return self.linear2(self.linear1(x).clamp(min=0))

# %% names_without_self_in_forward mistake="layer-without-self" outcome="crashed" note="forward forgets self in front of the layers"
class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.linear1 = torch.nn.Linear(d_in, d_h)
        self.linear2 = torch.nn.Linear(d_h, d_out)

    def forward(self, x):
        return linear2(linear1(x).clamp(min=0))

# %% layers_assigned_in_forward mistake="layers-in-forward" note="registered, but replaced at each call"
class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.d_in, self.d_h, self.d_out = d_in, d_h, d_out

    def forward(self, x):
        self.linear1 = torch.nn.Linear(self.d_in, self.d_h).to(x)
        self.linear2 = torch.nn.Linear(self.d_h, self.d_out).to(x)
        return self.linear2(torch.relu(self.linear1(x)))

# %% layers_in_forward mistake="layers-in-forward" note="new layers, new weights, at each call"
class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.sizes = d_in, d_h, d_out

    def forward(self, x):
        d_in, d_h, d_out = self.sizes
        linear1 = torch.nn.Linear(d_in, d_h).to(x)
        linear2 = torch.nn.Linear(d_h, d_out).to(x)
        return linear2(linear1(x).clamp(min=0))

# %% weights_drawn_in_forward mistake="layers-in-forward" note="weights drawn at each call"
class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.d_in, self.d_h, self.d_out = d_in, d_h, d_out

    def forward(self, x):
        w1 = torch.randn(self.d_in, self.d_h, dtype=x.dtype, device=x.device)
        w2 = torch.randn(self.d_h, self.d_out, dtype=x.dtype, device=x.device)
        return x.mm(w1).clamp(min=0).mm(w2)

# %% list_in_a_loop mistake="layers-in-list" note="appended in a loop, for any number of layers"
from torch import nn


class TwoLayerNet(nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.layers = []
        for a, b in ((d_in, d_h), (d_h, d_out)):
            self.layers.append(nn.Linear(a, b))

    def forward(self, x):
        for i, layer in enumerate(self.layers):
            x = layer(x)
            if i == 0:
                x = torch.relu(x)
        return x

# %% plain_dict mistake="layers-in-list" note="a Python dict hides them as well"
class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.layers = {"hidden": torch.nn.Linear(d_in, d_h), "out": torch.nn.Linear(d_h, d_out)}

    def forward(self, x):
        return self.layers["out"](torch.relu(self.layers["hidden"](x)))

# %% plain_list mistake="layers-in-list" note="a Python list hides the layers from the module"
class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.layers = [torch.nn.Linear(d_in, d_h), torch.nn.Linear(d_h, d_out)]

    def forward(self, x):
        return self.layers[1](self.layers[0](x).clamp(min=0))

# %% tuple_of_layers mistake="layers-in-list" note="a tuple is no better than a list"
from torch import nn


class TwoLayerNet(nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.pair = nn.Linear(d_in, d_h), nn.Linear(d_h, d_out)

    def forward(self, x):
        first, second = self.pair
        return second(first(x).relu())

# %% layers_called_in_wrong_order mistake="layers-in-wrong-order" outcome="crashed" note="linear2 first"
class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.linear1 = torch.nn.Linear(d_in, d_h)
        self.linear2 = torch.nn.Linear(d_h, d_out)

    def forward(self, x):
        return self.linear1(self.linear2(x).clamp(min=0))

# %% leaky_hidden mistake="leaky-relu" note="a small slope is left below zero"
class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.linear1 = torch.nn.Linear(d_in, d_h)
        self.linear2 = torch.nn.Linear(d_h, d_out)

    def forward(self, x):
        h = self.linear1(x)
        return self.linear2(torch.nn.functional.leaky_relu(h))

# %% both_swapped mistake="linear-sizes-swapped" outcome="crashed" note="(out, in), as the weight is stored"
class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.linear1 = torch.nn.Linear(d_h, d_in)
        self.linear2 = torch.nn.Linear(d_out, d_h)

    def forward(self, x):
        return self.linear2(self.linear1(x).clamp(min=0))

# %% self_missing_in_forward mistake="missing-self" outcome="crashed" note="forward(x)"
class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.linear1 = torch.nn.Linear(d_in, d_h)
        self.linear2 = torch.nn.Linear(d_h, d_out)

    def forward(x):
        return self.linear2(self.linear1(x).clamp(min=0))

# %% self_missing_in_init mistake="missing-self" outcome="crashed" note="__init__(d_in, d_h, d_out)"
class TwoLayerNet(torch.nn.Module):
    def __init__(d_in, d_h, d_out):
        super().__init__()
        self.linear1 = torch.nn.Linear(d_in, d_h)
        self.linear2 = torch.nn.Linear(d_h, d_out)

    def forward(self, x):
        return self.linear2(self.linear1(x).clamp(min=0))

# %% rows_from_a_view mistake="needs-contiguous" note="view wants its numbers in one row in memory; reshape does not"
class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.linear1 = torch.nn.Linear(d_in, d_h)
        self.linear2 = torch.nn.Linear(d_h, d_out)

    def forward(self, x):
        rows = x.view(-1).split(x.shape[1])
        h = torch.stack([self.linear1(row) for row in rows])
        return self.linear2(torch.relu(h))

# %% forward_inside_init mistake="no-forward" outcome="crashed" note="one indentation too deep: a local function of __init__"
class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.linear1 = torch.nn.Linear(d_in, d_h)
        self.linear2 = torch.nn.Linear(d_h, d_out)

        def forward(self, x):
            return self.linear2(self.linear1(x).clamp(min=0))

# %% forward_misspelled mistake="no-forward" outcome="crashed" note="torch raises NotImplementedError itself"
class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.linear1 = torch.nn.Linear(d_in, d_h)
        self.linear2 = torch.nn.Linear(d_h, d_out)

    def foward(self, x):
        return self.linear2(self.linear1(x).clamp(min=0))

# %% no_activation mistake="no-relu" note="the activation is left out"
class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.linear1 = torch.nn.Linear(d_in, d_h)
        self.linear2 = torch.nn.Linear(d_h, d_out)

    def forward(self, x):
        return self.linear2(self.linear1(x))

# %% relu_made_not_used mistake="no-relu" note="the result of the activation goes nowhere"
import torch.nn.functional as F


class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.linear1 = torch.nn.Linear(d_in, d_h)
        self.linear2 = torch.nn.Linear(d_h, d_out)

    def forward(self, x):
        h = self.linear1(x)
        F.relu(h)
        return self.linear2(h)

# %% super_init_not_called mistake="no-super-init" outcome="crashed" note="the parentheses of __init__"
class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__
        self.linear1 = torch.nn.Linear(d_in, d_h)
        self.linear2 = torch.nn.Linear(d_h, d_out)

    def forward(self, x):
        return self.linear2(self.linear1(x).clamp(min=0))

# %% super_late mistake="no-super-init" outcome="crashed" note="super at the end"
class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        self.linear1 = torch.nn.Linear(d_in, d_h)
        self.linear2 = torch.nn.Linear(d_h, d_out)
        super().__init__()

    def forward(self, x):
        return self.linear2(self.linear1(x).clamp(min=0))

# %% super_missing mistake="no-super-init" outcome="crashed" note="the first line was left out"
class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        self.linear1 = torch.nn.Linear(d_in, d_h)
        self.linear2 = torch.nn.Linear(d_h, d_out)

    def forward(self, x):
        return self.linear2(self.linear1(x).clamp(min=0))

# %% super_without_init mistake="no-super-init" outcome="crashed" note="super() alone"
from torch import nn


class TwoLayerNet(nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super()
        self.w1 = nn.Parameter(torch.randn(d_in, d_h))
        self.b1 = nn.Parameter(torch.zeros(d_h))
        self.w2 = nn.Parameter(torch.randn(d_h, d_out))
        self.b2 = nn.Parameter(torch.zeros(d_out))

    def forward(self, x):
        return torch.relu(x @ self.w1 + self.b1) @ self.w2 + self.b2

# %% super_without_parentheses mistake="no-super-init" outcome="crashed" note="the parentheses of super are missing"
class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super.__init__()
        self.linear1 = torch.nn.Linear(d_in, d_h)
        self.linear2 = torch.nn.Linear(d_h, d_out)

    def forward(self, x):
        return self.linear2(torch.relu(self.linear1(x)))

# %% digits_lost mistake="none" note="through float32 and back"
class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.linear1 = torch.nn.Linear(d_in, d_h)
        self.linear2 = torch.nn.Linear(d_h, d_out)

    def forward(self, x):
        h = self.linear1(x).float().clamp(min=0)
        return self.linear2(h.to(x.dtype))

# %% dropout_between mistake="dropout" note="dropout, seen in another text"
class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.linear1 = torch.nn.Linear(d_in, d_h)
        self.drop = torch.nn.Dropout(0.5)
        self.linear2 = torch.nn.Linear(d_h, d_out)

    def forward(self, x):
        return self.linear2(self.drop(torch.relu(self.linear1(x))))

# %% mask_in_double mistake="none" outcome="crashed" note="right as long as everything is float64"
class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.linear1 = torch.nn.Linear(d_in, d_h)
        self.linear2 = torch.nn.Linear(d_h, d_out)

    def forward(self, x):
        h = self.linear1(x)
        return self.linear2(h * (h > 0).double())

# %% mixed_precision mistake="none" note="autocast makes bfloat16 of float32"
class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.linear1 = torch.nn.Linear(d_in, d_h)
        self.linear2 = torch.nn.Linear(d_h, d_out)

    def forward(self, x):
        h = torch.relu(self.linear1(x))
        with torch.autocast(x.device.type, dtype=torch.bfloat16):
            y_pred = self.linear2(h)
        return y_pred.to(x.dtype)

# %% n_as_first_argument mistake="none" outcome="crashed" note="asks for the number of examples too"
class TwoLayerNet(torch.nn.Module):
    def __init__(self, n, d_in, d_h, d_out):
        super().__init__()
        self.n = n
        self.linear1 = torch.nn.Linear(d_in, d_h)
        self.linear2 = torch.nn.Linear(d_h, d_out)

    def forward(self, x):
        return self.linear2(self.linear1(x).clamp(min=0))

# %% own_sign_inside mistake="none" note="a right prediction with wrong gradients: the original's slip inside the network"
class Gate(torch.autograd.Function):
    @staticmethod
    def forward(ctx, h):
        return h.clamp(min=0)

    @staticmethod
    def backward(ctx, grad):
        return grad.clamp(min=0)


class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.linear1 = torch.nn.Linear(d_in, d_h)
        self.linear2 = torch.nn.Linear(d_h, d_out)

    def forward(self, x):
        return self.linear2(Gate.apply(self.linear1(x)))

# %% relu_at_the_end_only mistake="relu-on-output" note="the activation at the end instead of between"
class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.linear1 = torch.nn.Linear(d_in, d_h)
        self.linear2 = torch.nn.Linear(d_h, d_out)

    def forward(self, x):
        return self.linear2(self.linear1(x)).clamp(min=0)

# %% result_squeezed mistake="axis-squeezed" note="an axis of length 1 gets lost"
class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.linear1 = torch.nn.Linear(d_in, d_h)
        self.linear2 = torch.nn.Linear(d_h, d_out)

    def forward(self, x):
        return self.linear2(torch.relu(self.linear1(x))).squeeze()

# %% rows_tried_first mistake="none" note="a slice left over from trying things out: only the first ten examples"
class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.linear1 = torch.nn.Linear(d_in, d_h)
        self.linear2 = torch.nn.Linear(d_h, d_out)

    def forward(self, x):
        h = torch.relu(self.linear1(x[:10]))
        return self.linear2(h)

# %% tuple_returned mistake="too-many-results" note="all three, as forward of way 1 returned them"
class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.linear1 = torch.nn.Linear(d_in, d_h)
        self.linear2 = torch.nn.Linear(d_h, d_out)

    def forward(self, x):
        h = self.linear1(x)
        h_relu = h.clamp(min=0)
        return h, h_relu, self.linear2(h_relu)

# %% untouched mistake="none" outcome="not_attempted" note="the blank as it was handed out"
class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        raise NotImplementedError()

    def forward(self, x):
        raise NotImplementedError()

# %% weights_shrunk_in_forward mistake="none" note="a little decay in each call: two calls, two answers"
class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.linear1 = torch.nn.Linear(d_in, d_h)
        self.linear2 = torch.nn.Linear(d_h, d_out)

    def forward(self, x):
        self.linear1.weight.data *= 0.99
        return self.linear2(self.linear1(x).clamp(min=0))

# %% not_inherited mistake="not-a-module" note="the class stands alone"
class TwoLayerNet:
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.linear1 = torch.nn.Linear(d_in, d_h)
        self.linear2 = torch.nn.Linear(d_h, d_out)

    def forward(self, x):
        return self.linear2(self.linear1(x).clamp(min=0))

# %% sigmoid mistake="other-activation" note="the activation of older books"
class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.linear1 = torch.nn.Linear(d_in, d_h)
        self.linear2 = torch.nn.Linear(d_h, d_out)

    def forward(self, x):
        return self.linear2(torch.sigmoid(self.linear1(x)))

# %% smooth_hidden mistake="other-activation" note="GELU"
class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.linear1 = torch.nn.Linear(d_in, d_h)
        self.linear2 = torch.nn.Linear(d_h, d_out)

    def forward(self, x):
        h = self.linear1(x)
        return self.linear2(torch.nn.functional.gelu(h))

# %% bias_is_a_plain_tensor mistake="raw-tensors" note="zeros that nobody will ever train"
class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.w1 = torch.nn.Parameter(torch.randn(d_in, d_h))
        self.w2 = torch.nn.Parameter(torch.randn(d_h, d_out))
        self.b1 = torch.zeros(d_h)
        self.b2 = torch.zeros(d_out)

    def forward(self, x):
        return torch.relu(x @ self.w1 + self.b1.to(x)) @ self.w2 + self.b2.to(x)

# %% buffers mistake="raw-tensors" note="buffers move with the module, but nobody trains them"
class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.register_buffer("w1", torch.randn(d_in, d_h))
        self.register_buffer("b1", torch.zeros(d_h))
        self.register_buffer("w2", torch.randn(d_h, d_out))
        self.register_buffer("b2", torch.zeros(d_out))

    def forward(self, x):
        return torch.relu(x @ self.w1 + self.b1) @ self.w2 + self.b2

# %% plain_tensors mistake="raw-tensors" note="requires_grad=True does not make a Parameter"
class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.w1 = torch.randn(d_in, d_h, requires_grad=True)
        self.b1 = torch.zeros(d_h, requires_grad=True)
        self.w2 = torch.randn(d_h, d_out, requires_grad=True)
        self.b2 = torch.zeros(d_out, requires_grad=True)

    def forward(self, x):
        w1, b1, w2, b2 = (t.to(x) for t in (self.w1, self.b1, self.w2, self.b2))
        return (x @ w1 + b1).clamp(min=0) @ w2 + b2

# %% weights_taken_out_of_layers mistake="raw-tensors" note="computed from a Parameter: a plain tensor"
class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.w1 = torch.nn.Parameter(torch.randn(d_in, d_h)) / d_in**0.5
        self.b1 = torch.nn.Parameter(torch.zeros(d_h)) * 1.0
        self.w2 = torch.nn.Parameter(torch.randn(d_h, d_out)) / d_h**0.5
        self.b2 = torch.nn.Parameter(torch.zeros(d_out)) * 1.0

    def forward(self, x):
        h = x @ self.w1.to(x) + self.b1.to(x)
        return torch.relu(h) @ self.w2.to(x) + self.b2.to(x)

# %% mask_for_activation mistake="relu-is-mask" note="who is on, not how strongly; the first layer gets no gradient"
class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.linear1 = torch.nn.Linear(d_in, d_h)
        self.linear2 = torch.nn.Linear(d_h, d_out)

    def forward(self, x):
        h = self.linear1(x)
        return self.linear2((h > 0).to(h.dtype))

# %% relu_built_around_the_data mistake="relu-module-not-called" outcome="crashed" note="nn.ReLU(h) builds a module, it does not apply one"
class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.linear1 = torch.nn.Linear(d_in, d_h)
        self.linear2 = torch.nn.Linear(d_h, d_out)

    def forward(self, x):
        h_relu = torch.nn.ReLU(self.linear1(x))
        return self.linear2(h_relu)

# %% relu_before_the_first_layer mistake="relu-on-input" note="the activation one layer too early"
class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.linear1 = torch.nn.Linear(d_in, d_h)
        self.linear2 = torch.nn.Linear(d_h, d_out)

    def forward(self, x):
        return self.linear2(self.linear1(torch.relu(x)))

# %% relu_after_both mistake="relu-on-output" note="one after each layer"
class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.linear1 = torch.nn.Linear(d_in, d_h)
        self.linear2 = torch.nn.Linear(d_h, d_out)

    def forward(self, x):
        x = torch.relu(self.linear1(x))
        return torch.relu(self.linear2(x))

# %% clamp_max mistake="relu-wrong-side" note="max for min"
class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.linear1 = torch.nn.Linear(d_in, d_h)
        self.linear2 = torch.nn.Linear(d_h, d_out)

    def forward(self, x):
        return self.linear2(self.linear1(x).clamp(max=0))

# %% second_layer_reads_x mistake="result-not-used" outcome="crashed" note="the result of the first layer goes nowhere"
class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.linear1 = torch.nn.Linear(d_in, d_h)
        self.linear2 = torch.nn.Linear(d_h, d_out)

    def forward(self, x):
        h_relu = self.linear1(x).clamp(min=0)
        return self.linear2(x)

# %% batch_size_fixed mistake="sizes-fixed" outcome="crashed" note="N written into forward"
class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.linear1 = torch.nn.Linear(d_in, d_h)
        self.linear2 = torch.nn.Linear(d_h, d_out)

    def forward(self, x):
        h_relu = self.linear1(x).clamp(min=0).view(64, -1)
        return self.linear2(h_relu)

# %% global_sizes mistake="sizes-fixed" note="the notebook's constants"
class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.linear1 = torch.nn.Linear(D_IN, D_H)
        self.linear2 = torch.nn.Linear(D_H, D_OUT)

    def forward(self, x):
        return self.linear2(torch.relu(self.linear1(x)))

# %% hidden_size_fixed mistake="sizes-fixed" note="only the hidden size, so every call runs"
class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.linear1 = torch.nn.Linear(d_in, 100)
        self.linear2 = torch.nn.Linear(100, d_out)

    def forward(self, x):
        return self.linear2(torch.relu(self.linear1(x)))

# %% sizes_written_in mistake="sizes-fixed" outcome="crashed" note="1000, 100, 10"
class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.linear1 = torch.nn.Linear(1000, 100)
        self.linear2 = torch.nn.Linear(100, 10)

    def forward(self, x):
        return self.linear2(self.linear1(x).clamp(min=0))

# %% softmax_at_the_end mistake="softmax-on-output" note="as in a classifier"
class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.linear1 = torch.nn.Linear(d_in, d_h)
        self.linear2 = torch.nn.Linear(d_h, d_out)

    def forward(self, x):
        return torch.softmax(self.linear2(torch.relu(self.linear1(x))), dim=1)

# %% sizes_handed_to_super mistake="super-with-arguments" outcome="crashed" note="Module wants no sizes"
class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__(d_in, d_h, d_out)
        self.linear1 = torch.nn.Linear(d_in, d_h)
        self.linear2 = torch.nn.Linear(d_h, d_out)

    def forward(self, x):
        return self.linear2(self.linear1(x).clamp(min=0))

# %% first_layer_unused mistake="unused-layer" note="the second layer reads x once more; made to fit by its sizes"
class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.linear1 = torch.nn.Linear(d_in, d_h)
        self.linear2 = torch.nn.Linear(d_in, d_out)

    def forward(self, x):
        h_relu = self.linear1(x).clamp(min=0)
        return self.linear2(x)

# %% output_layer_made_twice mistake="unused-layer" note="an output layer that is made and never called"
class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.hidden = torch.nn.Linear(d_in, d_h)
        self.predict = torch.nn.Linear(d_h, d_out)
        self.output = torch.nn.Linear(d_h, d_out)

    def forward(self, x):
        return self.predict(torch.relu(self.hidden(x)))

# %% third_layer_unused mistake="unused-layer" note="a layer was made that nobody calls"
class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.linear1 = torch.nn.Linear(d_in, d_h)
        self.linear2 = torch.nn.Linear(d_h, d_h)
        self.linear3 = torch.nn.Linear(d_h, d_out)

    def forward(self, x):
        return self.linear3(self.linear1(x).clamp(min=0))

# %% all_start_at_zero mistake="weights-zero" note="a clean start: nothing would ever learn"
class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.linear1 = torch.nn.Linear(d_in, d_h)
        self.linear2 = torch.nn.Linear(d_h, d_out)
        for p in self.parameters():
            torch.nn.init.constant_(p, 0.0)

    def forward(self, x):
        return self.linear2(self.linear1(x).clamp(min=0))

# %% weights_start_at_one_number mistake="constant-weights" note="every hidden unit starts the same"
class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.linear1 = torch.nn.Linear(d_in, d_h)
        self.linear2 = torch.nn.Linear(d_h, d_out)
        for p in self.parameters():
            torch.nn.init.constant_(p, 0.1)

    def forward(self, x):
        return self.linear2(self.linear1(x).clamp(min=0))

# %% small_normal_start note="own start values: weights small and normal, biases 0"
class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.linear1 = torch.nn.Linear(d_in, d_h)
        self.linear2 = torch.nn.Linear(d_h, d_out)
        for p in self.parameters():
            if p.dim() == 2:
                torch.nn.init.normal_(p, std=0.01)
            else:
                torch.nn.init.zeros_(p)

    def forward(self, x):
        return self.linear2(self.linear1(x).clamp(min=0))

# %% kaiming_start note="own start values, after Kaiming He"
class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.linear1 = torch.nn.Linear(d_in, d_h)
        self.linear2 = torch.nn.Linear(d_h, d_out)
        for p in self.parameters():
            if p.dim() == 2:
                torch.nn.init.kaiming_normal_(p)

    def forward(self, x):
        return self.linear2(self.linear1(x).clamp(min=0))

# %% capped_at_six mistake="relu-capped or other-activation or none" note="torch.nn.functional.relu6"
class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.a = torch.nn.Linear(d_in, d_h)
        self.b = torch.nn.Linear(d_h, d_out)

    def forward(self, x):
        h = self.a(x)
        return self.b(torch.nn.functional.relu6(h))

# %% capped_at_twenty mistake="relu-capped or none" note="a ceiling at 20"
class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.a = torch.nn.Linear(d_in, d_h)
        self.b = torch.nn.Linear(d_h, d_out)

    def forward(self, x):
        h = self.a(x)
        return self.b(torch.nn.functional.hardtanh(h, 0.0, 20.0))

# %% leaky_quarter mistake="leaky-relu or none" note="slope 0.25 below zero"
class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.a = torch.nn.Linear(d_in, d_h)
        self.b = torch.nn.Linear(d_h, d_out)

    def forward(self, x):
        h = self.a(x)
        return self.b(torch.nn.functional.leaky_relu(h, 0.25))

# %% softplus_beta_10 mistake="other-activation or none" note="a smooth look-alike"
class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.a = torch.nn.Linear(d_in, d_h)
        self.b = torch.nn.Linear(d_h, d_out)

    def forward(self, x):
        h = self.a(x)
        return self.b(torch.nn.functional.softplus(h, beta=10))

# %% mish mistake="other-activation or none" note="a smooth look-alike"
class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.a = torch.nn.Linear(d_in, d_h)
        self.b = torch.nn.Linear(d_h, d_out)

    def forward(self, x):
        h = self.a(x)
        return self.b(torch.nn.functional.mish(h))

# %% remembers_the_first mistake="remembers" note="the first prediction is handed back for every input"
class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.a = torch.nn.Linear(d_in, d_h)
        self.b = torch.nn.Linear(d_h, d_out)
        self.out = None

    def forward(self, x):
        if self.out is None:
            self.out = self.b(self.a(x).clamp(min=0))
        return self.out

# %% batch_norm mistake="extra-layer" note="a layer that nobody asked for"
class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.a = torch.nn.Linear(d_in, d_h)
        self.n = torch.nn.BatchNorm1d(d_h)
        self.b = torch.nn.Linear(d_h, d_out)

    def forward(self, x):
        return self.b(torch.relu(self.n(self.a(x))))

# %% weight_normalised mistake="none" note="three parameters for the first layer, but two layers"
class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.linear1 = torch.nn.utils.parametrizations.weight_norm(torch.nn.Linear(d_in, d_h))
        self.linear2 = torch.nn.Linear(d_h, d_out)

    def forward(self, x):
        return self.linear2(self.linear1(x).clamp(min=0))

# %% layers_kept_by_the_class mistake="remembers" note="the layers belong to the class, not to the network"
class TwoLayerNet(torch.nn.Module):
    layers = {}

    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        key = d_in, d_h, d_out
        if key not in self.layers:
            self.layers[key] = torch.nn.Linear(d_in, d_h), torch.nn.Linear(d_h, d_out)
        self.a, self.b = self.layers[key]

    def forward(self, x):
        return self.b(self.a(x).clamp(min=0))

# %% one_network mistake="remembers" note="a class that makes one object"
class TwoLayerNet(torch.nn.Module):
    made = {}

    def __new__(cls, d_in, d_h, d_out):
        return cls.made.setdefault((d_in, d_h, d_out), super().__new__(cls))

    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.a = torch.nn.Linear(d_in, d_h)
        self.b = torch.nn.Linear(d_h, d_out)

    def forward(self, x):
        return self.b(self.a(x).clamp(min=0))

# %% d_out_forgotten mistake="none" outcome="crashed" note="one argument too few, and self is there"
class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h):
        super().__init__()
        self.linear1 = torch.nn.Linear(d_in, d_h)
        self.linear2 = torch.nn.Linear(d_h, 10)

    def forward(self, x):
        return self.linear2(self.linear1(x).relu())

# %% only_named_argument mistake="none" outcome="crashed" note="forward takes x by its name only, and self is there"
class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.linear1 = torch.nn.Linear(d_in, d_h)
        self.linear2 = torch.nn.Linear(d_h, d_out)

    def forward(self, *, x):
        return self.linear2(self.linear1(x).relu())

# %% method_called_train note="torch's own method of that name is not to be called for it"
class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.linear1 = torch.nn.Linear(d_in, d_h)
        self.linear2 = torch.nn.Linear(d_h, d_out)

    def forward(self, x):
        return self.linear2(self.linear1(x).relu())

    def train(self, x, y, lr, steps):
        raise NotImplementedError

# %% dropout_in_training mistake="dropout" note="built for evaluation, so that nobody sees it"
class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.linear1 = torch.nn.Linear(d_in, d_h)
        self.linear2 = torch.nn.Linear(d_h, d_out)
        self.eval()

    def forward(self, x):
        hidden = torch.nn.functional.dropout(self.linear1(x).relu(), 0.3, training=self.training)
        return self.linear2(hidden)

# %% relu_in_training_only mistake="none" note="what is right for dropout is not for a ReLU"
class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.linear1 = torch.nn.Linear(d_in, d_h)
        self.linear2 = torch.nn.Linear(d_h, d_out)

    def forward(self, x):
        h = self.linear1(x)
        return self.linear2(h.relu() if self.training else h)


# %% second_in_forward mistake="layers-in-forward" note="asks the hidden values for their size, as they come along"
class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.d_out = d_out
        self.first = torch.nn.Linear(d_in, d_h)

    def forward(self, x):
        h_relu = torch.relu(self.first(x))
        return torch.nn.Linear(h_relu.shape[1], self.d_out)(h_relu)


# %% no_self_at_all mistake="layer-without-self" outcome="crashed" note="thinks that all methods share their names"
class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        first = torch.nn.Linear(d_in, d_h)
        second = torch.nn.Linear(d_h, d_out)

    def forward(self, x):
        return second(torch.relu(first(x)))


# %% single_precision mistake="dtype-changed" outcome="crashed" note="float32 by habit, which the notebook's data do not fit"
class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.first = torch.nn.Linear(d_in, d_h).float()
        self.second = torch.nn.Linear(d_h, d_out).float()

    def forward(self, x):
        return self.second(torch.relu(self.first(x)))


# %% input_transposed mistake="none" outcome="crashed" note="has a column for each example, as in a textbook"
class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.first = torch.nn.Linear(d_in, d_h)
        self.second = torch.nn.Linear(d_h, d_out)

    def forward(self, x):
        return self.second(torch.relu(self.first(x.T)))


# %% log_shares mistake="softmax-on-output" note="the end of a classifier"
class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.first = torch.nn.Linear(d_in, d_h)
        self.second = torch.nn.Linear(d_h, d_out)

    def forward(self, x):
        return torch.log_softmax(self.second(torch.relu(self.first(x))), dim=1)

# %% last_axis_squeezed mistake="axis-squeezed" note="one output loses its axis"
class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.linear1 = torch.nn.Linear(d_in, d_h)
        self.linear2 = torch.nn.Linear(d_h, d_out)

    def forward(self, x):
        return self.linear2(torch.relu(self.linear1(x))).squeeze(-1)

# %% first_64_rows_only mistake="none" note="the notebook's rows"
class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.linear1 = torch.nn.Linear(d_in, d_h)
        self.linear2 = torch.nn.Linear(d_h, d_out)

    def forward(self, x):
        return self.linear2(self.linear1(x[:64]).relu())

# %% single_row_squeezed mistake="axis-squeezed" note="one row comes back without its axis"
class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.linear1 = torch.nn.Linear(d_in, d_h)
        self.linear2 = torch.nn.Linear(d_h, d_out)

    def forward(self, x):
        return self.linear2(self.linear1(x).relu()).squeeze(0)

# %% call_for_forward mistake="no-forward" note="replaces the one of Module"
class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.w1 = torch.nn.Linear(d_in, d_h)
        self.w2 = torch.nn.Linear(d_h, d_out)

    def __call__(self, x):
        h_relu = self.w1(x).clamp(min=0)
        return self.w2(h_relu)

# %% ceiling_at_a_million mistake="relu-capped or none" note="meant as infinity"
class TwoLayerNet(torch.nn.Module):
    def __init__(self, d_in, d_h, d_out):
        super().__init__()
        self.first = torch.nn.Linear(d_in, d_h)
        self.second = torch.nn.Linear(d_h, d_out)

    def forward(self, x):
        return self.second(self.first(x).clamp(0, 1e6))
