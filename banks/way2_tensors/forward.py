# %% bmm_of_one note="a batch of one matrix"
def forward(x, w1, w2):
    h = torch.bmm(x.unsqueeze(0), w1.unsqueeze(0)).squeeze(0)
    h_relu = torch.relu(h)
    y_pred = torch.bmm(h_relu[None], w2[None])[0]
    return h, h_relu, y_pred

# %% clamp_and_mm note="the plain way"
def forward(x, w1, w2):
    h = x.mm(w1)
    h_relu = h.clamp(min=0)
    y_pred = h_relu.mm(w2)
    return h, h_relu, y_pred

# %% clamp_in_place_on_fresh note="clamp_ on a fresh clone"
def forward(x, w1, w2):
    h = x.mm(w1)
    h_relu = h.clone().clamp_(min=0)
    return h, h_relu, h_relu.mm(w2)

# %% clamp_min_and_linear note="clamp_min, and F.linear with turned weights"
def forward(x, w1, w2):
    h = torch.nn.functional.linear(x, w1.t())
    h_relu = torch.clamp_min(h, 0)
    y_pred = torch.nn.functional.linear(h_relu, w2.T)
    return h, h_relu, y_pred

# %% compared_with_another note="two spellings of the ReLU, compared before one is returned"
def forward(x, w1, w2):
    torch.use_deterministic_algorithms(True)
    h = x @ w1
    h_relu = torch.relu(h)
    torch.testing.assert_close(h_relu, h.clamp(min=0))
    return h, h_relu, h_relu @ w2

# %% functional_relu note="F.relu"
import torch.nn.functional as F


def forward(x, w1, w2):
    h = x @ w1
    h_relu = F.relu(h)
    return h, h_relu, h_relu @ w2

# %% half_of_sum_and_addmm note="half of h plus its size, addmm onto zeros"
def forward(x, w1, w2):
    h = torch.addmm(x.new_zeros(x.shape[0], w1.shape[1]), x, w1)
    h_relu = 0.5 * (h + h.abs())
    y_pred = torch.addmm(x.new_zeros(x.shape[0], w2.shape[1]), h_relu, w2)
    return h, h_relu, y_pred

# %% hardtanh_open_top note="hardtanh with an endless top"
def forward(x, w1, w2):
    h = x @ w1
    h_relu = torch.nn.functional.hardtanh(h, 0.0, float("inf"))
    return h, h_relu, h_relu @ w2

# %% heaviside note="heaviside"
def forward(x, w1, w2):
    h = x.mm(w1)
    h_relu = h * torch.heaviside(h, torch.zeros_like(h))
    y_pred = h_relu.mm(w2)
    return h, h_relu, y_pred

# %% index_assignment_on_clone note="as in NumPy, on a clone"
def forward(x, w1, w2):
    h = x.mm(w1)
    h_relu = h.clone()
    h_relu[h_relu < 0] = 0
    y_pred = h_relu.mm(w2)
    return h, h_relu, y_pred

# %% mask_and_einsum note="product with the mask in the tensor's own dtype, einsum for the products"
def forward(x, w1, w2):
    h = torch.einsum("ni,ih->nh", x, w1)
    h_relu = h * (h > 0).to(h.dtype)
    y_pred = torch.einsum("nh,ho->no", h_relu, w2)
    return h, h_relu, y_pred

# %% masked_fill note="masked_fill gives a new tensor"
def forward(x, w1, w2):
    h = x @ w1
    h_relu = h.masked_fill(h < 0, 0)
    y_pred = h_relu @ w2
    return h, h_relu, y_pred

# %% matmul_function note="matmul function"
def forward(x, w1, w2):
    h = torch.matmul(x, w1)
    h_relu = h.clamp(min=0)
    y_pred = torch.matmul(h_relu, w2)
    return h, h_relu, y_pred

# %% max_of_two_tensors note="torch.max with two tensors compares element by element: right here"
def forward(x, w1, w2):
    h = x @ w1
    h_relu = torch.max(h, torch.zeros_like(h))
    return h, h_relu, h_relu @ w2

# %% maximum_of_scalar_tensor note="maximum of scalar tensor"
def forward(x, w1, w2):
    h = x.mm(w1)
    h_relu = torch.maximum(h, torch.tensor(0.0))
    y_pred = h_relu.mm(w2)
    return h, h_relu, y_pred

# %% maximum_with_zeros note="element by element against a tensor of zeros"
def forward(x, w1, w2):
    h = x @ w1
    h_relu = torch.maximum(h, torch.zeros_like(h))
    return h, h_relu, h_relu @ w2

# %% no_grad note="no grad"
def forward(x, w1, w2):
    with torch.no_grad():
        h = x @ w1
    h_relu = h.clamp(min=0)
    y_pred = h_relu.mm(w2)
    return h, h_relu, y_pred

# %% parameters_in_linear note="parameters in linear"
def forward(x, w1, w2):
    h = torch.nn.functional.linear(x, w1.t())
    h_relu = h.clamp(min=0)
    y_pred = h_relu.mm(w2)
    return h, h_relu, y_pred

# %% relu_method note="the method relu"
def forward(x, w1, w2):
    h = torch.mm(x, w1)
    h_relu = h.relu()
    y_pred = torch.mm(h_relu, w2)
    return h, h_relu, y_pred

# %% relu_module note="nn.ReLU made and called"
def forward(x, w1, w2):
    h = torch.matmul(x, w1)
    h_relu = torch.nn.ReLU()(h)
    y_pred = torch.matmul(h_relu, w2)
    return h, h_relu, y_pred

# %% relu_of_clone note="relu of clone"
def forward(x, w1, w2):
    h = x.mm(w1)
    h_relu = h.clone().relu_()
    y_pred = h_relu.mm(w2)
    return h, h_relu, y_pred

# %% rows_stacked note="a sample at a time, then stacked"
def forward(x, w1, w2):
    h = torch.stack([sample @ w1 for sample in x])
    h_relu = torch.stack([row.clamp(0) for row in h])
    y_pred = torch.stack([row @ w2 for row in h_relu])
    return h, h_relu, y_pred

# %% threshold note="F.threshold with zero twice"
def forward(x, w1, w2):
    h = x @ w1
    h_relu = torch.nn.functional.threshold(h, 0.0, 0.0)
    return h, h_relu, h_relu @ w2

# %% torch_max_pairwise note="torch max pairwise"
def forward(x, w1, w2):
    h = x.mm(w1)
    h_relu = torch.max(h, torch.zeros(1, dtype=h.dtype, device=h.device))
    y_pred = h_relu.mm(w2)
    return h, h_relu, y_pred

# %% transposed_products note="turned round twice: not contiguous"
def forward(x, w1, w2):
    h = (w1.mT @ x.mT).mT
    h_relu = h.clip(min=0)
    y_pred = (w2.permute(1, 0) @ h_relu.permute(1, 0)).permute(1, 0)
    return h, h_relu, y_pred

# %% where note="torch.where"
def forward(x, w1, w2):
    h = x @ w1
    h_relu = torch.where(h > 0, h, torch.zeros_like(h))
    return (h, h_relu, h_relu @ w2)

# %% where_with_number note="where with number"
def forward(x, w1, w2):
    h = x.mm(w1)
    h_relu = torch.where(h > 0, h, 0.0)
    y_pred = h_relu.mm(w2)
    return h, h_relu, y_pred

# %% absolute mistake="absolute-value" note="abs"
def forward(x, w1, w2):
    h = x.mm(w1)
    h_relu = h.abs()
    return h, h_relu, h_relu.mm(w2)

# %% root_of_square mistake="absolute-value" note="the square takes the sign away, the root brings the size back"
def forward(x, w1, w2):
    h = x @ w1
    h_relu = h.pow(2).sqrt()
    return h, h_relu, h_relu @ w2

# %% back_to_numpy mistake="array-not-tensor" note="computed and returned in NumPy"
def forward(x, w1, w2):
    x, w1, w2 = x.cpu().numpy(), w1.cpu().numpy(), w2.cpu().numpy()
    h = x.dot(w1)
    h_relu = np.maximum(0, h)
    y_pred = h_relu.dot(w2)
    return h, h_relu, y_pred

# %% numpy_maximum mistake="array-not-tensor" note="numpy maximum"
def forward(x, w1, w2):
    h = x.mm(w1)
    h_relu = np.maximum(h.numpy(), 0)
    y_pred = h_relu.dot(w2.numpy())
    return h, h_relu, y_pred

# %% only_relu_in_numpy mistake="array-not-tensor" note="h and y_pred are tensors, h_relu is an array"
def forward(x, w1, w2):
    h = x.mm(w1)
    h_relu = np.maximum(h.cpu().numpy(), 0)
    y_pred = torch.from_numpy(h_relu).to(h.device).mm(w2)
    return h, h_relu, y_pred

# %% samples_in_columns mistake="batch-axis-last" note="one sample per column: every result is a transpose"
def forward(x, w1, w2):
    h = w1.t().mm(x.t())
    h_relu = h.clamp(min=0)
    return h, h_relu, w2.t().mm(h_relu)

# %% default_zeros mistake="dtype-changed" outcome="crashed" note="default zeros"
def forward(x, w1, w2):
    h = x.mm(w1)
    h_relu = torch.zeros(h.shape, device=h.device)
    h_relu[h > 0] = h[h > 0]
    y_pred = h_relu.to(w2).mm(w2)
    return h, h_relu, y_pred

# %% everything_float mistake="dtype-changed" note=".float() on everything"
def forward(x, w1, w2):
    x, w1, w2 = x.float(), w1.float(), w2.float()
    h = x.mm(w1)
    h_relu = h.clamp(min=0)
    return h, h_relu, h_relu.mm(w2)

# %% maximum_with_default_zeros mistake="dtype-changed" outcome="crashed" note="zeros of the default dtype: a smaller one gives way, a larger one does not"
def forward(x, w1, w2):
    h = x.mm(w1)
    h_relu = torch.maximum(h, torch.zeros(h.shape))
    return h, h_relu, h_relu.mm(w2)

# %% zeros_in_double mistake="dtype-changed" outcome="crashed" note="zeros in double precision, whatever the inputs are"
def forward(x, w1, w2):
    h = x.mm(w1)
    h_relu = torch.maximum(h, torch.zeros(h.shape, dtype=torch.float64, device=h.device))
    y_pred = h_relu.mm(w2)
    return h, h_relu, y_pred

# %% zeros_of_default_dtype mistake="dtype-changed" note="filled into zeros of the default dtype: float32"
def forward(x, w1, w2):
    h = torch.zeros(x.shape[0], w1.shape[1], dtype=torch.float32, device=x.device)
    h[:] = x @ w1
    h_relu = h.clamp(min=0)
    y_pred = h_relu @ w2.float()
    return h, h_relu, y_pred

# %% mul_for_mm mistake="elementwise-product" outcome="crashed" note="mul is the star, mm the matrix product"
def forward(x, w1, w2):
    h = torch.mul(x, w1)
    h_relu = torch.relu(h)
    y_pred = torch.mul(h_relu, w2)
    return h, h_relu, y_pred

# %% star_for_product mistake="elementwise-product" outcome="crashed" note="the star sign"
def forward(x, w1, w2):
    h = x * w1
    h_relu = h.clamp(min=0)
    y_pred = h_relu * w2
    return h, h_relu, y_pred

# %% weights_first mistake="factors-swapped" outcome="crashed" note="w1.mm(x)"
def forward(x, w1, w2):
    h = w1.mm(x)
    h_relu = h.clamp(min=0)
    y_pred = w2.mm(h_relu)
    return h, h_relu, y_pred

# %% notebook_network mistake="global-not-argument" note="a network without arguments, from the notebook's tensors"
def network():
    h = x.mm(w1)
    h_relu = h.clamp(min=0)
    return h, h_relu, h_relu.mm(w2)


def forward(x, w1, w2):
    return network()

# %% alias_then_index mistake="h-overwritten" note="a second name, then index assignment"
def forward(x, w1, w2):
    h = x @ w1
    h_relu = h
    h_relu[h_relu < 0] = 0
    y_pred = h_relu @ w2
    return h, h_relu, y_pred

# %% clamp_in_place mistake="h-overwritten" note="clamp_ writes into h"
def forward(x, w1, w2):
    h = x.mm(w1)
    h_relu = h.clamp_(min=0)
    y_pred = h_relu.mm(w2)
    return h, h_relu, y_pred

# %% detach_is_no_copy mistake="h-overwritten" note="detach shares the numbers with h"
def forward(x, w1, w2):
    h = x @ w1
    h_relu = h.detach()
    h_relu.relu_()
    return h, h_relu, h_relu @ w2

# %% module_in_place mistake="h-overwritten" note="ReLU(inplace=True) to save memory"
def forward(x, w1, w2):
    h = x @ w1
    h_relu = torch.nn.ReLU(inplace=True)(h)
    return h, h_relu, h_relu @ w2

# %% relu_underscore mistake="h-overwritten" note="relu underscore"
def forward(x, w1, w2):
    h = x.mm(w1)
    h_relu = torch.relu_(h)
    y_pred = h_relu.mm(w2)
    return h, h_relu, y_pred

# %% if_on_tensor mistake="if-on-array" outcome="crashed" note="an if for a whole tensor"
def forward(x, w1, w2):
    h = x.mm(w1)
    h_relu = h if h > 0 else 0 * h
    y_pred = h_relu.mm(w2)
    return h, h_relu, y_pred

# %% input_clamped_in_place mistake="inputs-changed" note="relu_ on x: two mistakes, the arguments are changed first"
def forward(x, w1, w2):
    h = x.relu_().mm(w1)
    h_relu = torch.relu(h)
    y_pred = h_relu.mm(w2)
    return h, h_relu, y_pred

# %% x_standardised_in_place mistake="inputs-changed" note="x is centred in place before use"
def forward(x, w1, w2):
    x -= x.mean()
    h = x.mm(w1)
    h_relu = h.clamp(min=0)
    y_pred = h_relu.mm(w2)
    return h, h_relu, y_pred

# %% leaky_functional mistake="leaky-relu" note="F.leaky_relu with its default slope"
import torch.nn.functional as F


def forward(x, w1, w2):
    h = x @ w1
    h_relu = F.leaky_relu(h)
    return h, h_relu, h_relu @ w2

# %% leaky_module mistake="leaky-relu" note="the module, slope written out"
def forward(x, w1, w2):
    h = x.mm(w1)
    h_relu = torch.nn.LeakyReLU(negative_slope=0.01)(h)
    y_pred = h_relu.mm(w2)
    return h, h_relu, y_pred

# %% amax_of_axis mistake="max-reduces" note="amax along axis 0"
def forward(x, w1, w2):
    h = x @ w1
    h_relu = h.amax(0)
    return h, h_relu, h_relu @ w2

# %% max_dim_one mistake="max-reduces" outcome="crashed" note="max dim one"
def forward(x, w1, w2):
    h = x.mm(w1)
    h_relu = torch.max(h, dim=1).values
    y_pred = h_relu.mm(w2)
    return h, h_relu, y_pred

# %% max_gives_a_pair mistake="max-reduces" outcome="crashed" note="torch.max(h, 0) is a pair of values and indices"
def forward(x, w1, w2):
    h = x.mm(w1)
    h_relu = torch.max(h, 0)
    y_pred = h_relu.mm(w2)
    return h, h_relu, y_pred

# %% max_of_all mistake="max-reduces" outcome="crashed" note="max of all"
def forward(x, w1, w2):
    h = x.mm(w1)
    h_relu = torch.max(h)
    y_pred = h_relu.mm(w2)
    return h, h_relu, y_pred

# %% max_pair_at mistake="max-reduces" outcome="crashed" note="max pair at"
def forward(x, w1, w2):
    h = x.mm(w1)
    h_relu = torch.max(h, 0)
    y_pred = h_relu @ w2
    return h, h_relu, y_pred

# %% max_values_taken mistake="max-reduces" note="the values of the pair: one row is left"
def forward(x, w1, w2):
    h = x @ w1
    h_relu = torch.max(h, 0)[0]
    y_pred = h_relu @ w2
    return h, h_relu, y_pred

# %% rows_from_a_view mistake="needs-contiguous" note="view wants its numbers in one row in memory; reshape does not"
def forward(x, w1, w2):
    rows = x.view(-1).split(x.shape[1])
    h = torch.stack([row.matmul(w1) for row in rows])
    h_relu = h.clamp(min=0)
    y_pred = h_relu.mm(w2)
    return h, h_relu, y_pred

# %% activation_forgotten mistake="no-relu" note="no activation"
def forward(x, w1, w2):
    h = x.mm(w1)
    h_relu = h.clone()
    y_pred = h_relu.mm(w2)
    return h, h_relu, y_pred

# %% clamp_result_not_kept mistake="no-relu" note="clamp without underscore, its result thrown away"
def forward(x, w1, w2):
    h = x.mm(w1)
    h_relu = h.clone()
    h_relu.clamp(min=0)
    y_pred = h_relu.mm(w2)
    return h, h_relu, y_pred

# %% blank mistake="none" outcome="not_attempted" note="untouched"
def forward(x, w1, w2):
    # YOUR CODE HERE
    raise NotImplementedError()

# %% dropout_left_in mistake="dropout" note="a dropout from another notebook, random at every call"
def forward(x, w1, w2):
    h = x.mm(w1)
    h_relu = torch.nn.functional.dropout(h.clamp(min=0), p=0.5)
    y_pred = h_relu.mm(w2)
    return h, h_relu, y_pred

# %% first_thirty_two_rows mistake="none" note="only a batch of 32 is computed, the rest stays 0"
def forward(x, w1, w2):
    h = torch.zeros(x.shape[0], w1.shape[1], dtype=x.dtype, device=x.device)
    h[:32] = x[:32] @ w1
    h_relu = h.clamp(min=0)
    return h, h_relu, h_relu @ w2

# %% max_with_int mistake="maximum-of-number" outcome="crashed" note="max with int"
def forward(x, w1, w2):
    h = x.mm(w1)
    h_relu = torch.maximum(h, 0)
    y_pred = h_relu.mm(w2)
    return h, h_relu, y_pred

# %% mixed_precision mistake="none" note="autocast makes bfloat16 of float32"
def forward(x, w1, w2):
    with torch.autocast(x.device.type, dtype=torch.bfloat16):
        h = x.mm(w1).to(x.dtype)
        h_relu = h.clamp(min=0)
        y_pred = h_relu.mm(w2).to(x.dtype)
    return h, h_relu, y_pred

# %% numpy_dot mistake="none" outcome="crashed" note="numpy dot"
def forward(x, w1, w2):
    h = x.dot(w1)
    h_relu = h.clamp(min=0)
    y_pred = h_relu.mm(w2)
    return h, h_relu, y_pred

# %% random_layers mistake="none" outcome="crashed" note="random layers"
def forward(x, w1, w2):
    model = torch.nn.Sequential(torch.nn.Linear(x.shape[1], w1.shape[1]), torch.nn.ReLU())
    h = x @ w1
    h_relu = model(x).detach()
    return h, h_relu, h_relu @ w2

# %% squeezed_inputs mistake="axis-squeezed" outcome="crashed" note="squeeze takes away every axis of length 1"
def forward(x, w1, w2):
    h = x.squeeze().mm(w1)
    h_relu = h.clamp(min=0)
    y_pred = h_relu.mm(w2)
    return h, h_relu, y_pred

# %% prediction_first mistake="order-of-results" note="y_pred first"
def forward(x, w1, w2):
    h = x.mm(w1)
    h_relu = h.clamp(min=0)
    y_pred = h_relu.mm(w2)
    return y_pred, h_relu, h

# %% elu mistake="other-activation" note="elu"
def forward(x, w1, w2):
    h = x.mm(w1)
    h_relu = torch.nn.functional.elu(h)
    y_pred = h_relu.mm(w2)
    return h, h_relu, y_pred

# %% gelu mistake="other-activation" note="the activation of the language models"
def forward(x, w1, w2):
    h = x @ w1
    h_relu = torch.nn.functional.gelu(h)
    return h, h_relu, h_relu @ w2

# %% sigmoid mistake="other-activation" note="torch.sigmoid"
def forward(x, w1, w2):
    h = x @ w1
    h_relu = torch.sigmoid(h)
    return h, h_relu, h_relu @ w2

# %% silu mistake="other-activation" note="silu"
def forward(x, w1, w2):
    h = x.mm(w1)
    h_relu = torch.nn.functional.silu(h)
    y_pred = h_relu.mm(w2)
    return h, h_relu, y_pred

# %% softplus mistake="other-activation" note="F.softplus, close to a ReLU"
def forward(x, w1, w2):
    h = x @ w1
    h_relu = torch.nn.functional.softplus(h)
    return h, h_relu, h_relu @ w2

# %% clamp_zero_to_one mistake="relu-capped" note="clamp with both bounds"
def forward(x, w1, w2):
    h = x.mm(w1)
    h_relu = h.clamp(0, 1)
    y_pred = h_relu.mm(w2)
    return h, h_relu, y_pred

# %% relu_six mistake="relu-capped" note="relu six"
def forward(x, w1, w2):
    h = x.mm(w1)
    h_relu = torch.nn.functional.relu6(h)
    y_pred = h_relu.mm(w2)
    return h, h_relu, y_pred

# %% boolean_mask_product mistake="relu-is-mask" outcome="crashed" note="boolean mask product"
def forward(x, w1, w2):
    h = x.mm(w1)
    h_relu = h > 0
    y_pred = h_relu.mm(w2)
    return h, h_relu, y_pred

# %% mask_for_activation mistake="relu-is-mask" note="the mask, in the tensor's dtype"
def forward(x, w1, w2):
    h = x.mm(w1)
    h_relu = (h > 0).to(h.dtype)
    y_pred = h_relu.mm(w2)
    return h, h_relu, y_pred

# %% mask_left_boolean mistake="relu-is-mask" outcome="crashed" note="Booleans cannot be multiplied with floats by mm"
def forward(x, w1, w2):
    h = x.mm(w1)
    h_relu = h > 0
    y_pred = h_relu.mm(w2)
    return h, h_relu, y_pred

# %% relu_on_input mistake="relu-on-input" note="x is clamped before the product"
def forward(x, w1, w2):
    h = torch.relu(x).mm(w1)
    h_relu = torch.relu(h)
    y_pred = h_relu.mm(w2)
    return h, h_relu, y_pred

# %% relu_twice mistake="relu-on-output" note="clamp on both layers"
def forward(x, w1, w2):
    h = x.mm(w1)
    h_relu = h.clamp(min=0)
    y_pred = h_relu.mm(w2).clamp(min=0)
    return h, h_relu, y_pred

# %% clamp_max mistake="relu-wrong-side" note="clamp with max"
def forward(x, w1, w2):
    h = x.mm(w1)
    h_relu = h.clamp(max=0)
    y_pred = h_relu.mm(w2)
    return h, h_relu, y_pred

# %% minimum_with_zeros mistake="relu-wrong-side" note="torch.minimum"
def forward(x, w1, w2):
    h = x @ w1
    h_relu = torch.minimum(h, torch.zeros_like(h))
    return h, h_relu, h_relu @ w2

# %% where_swapped mistake="relu-wrong-side" note="branches swapped"
def forward(x, w1, w2):
    h = x @ w1
    h_relu = torch.where(h > 0, torch.zeros_like(h), h)
    return h, h_relu, h_relu @ w2

# %% return_forgotten mistake="returns-none" note="no return"
def forward(x, w1, w2):
    h = x.mm(w1)
    h_relu = h.clamp(min=0)
    y_pred = h_relu.mm(w2)

# %% view_of_original_size mistake="sizes-fixed" note="view(N, D_H) with the notebook's sizes"
def forward(x, w1, w2):
    h = x.mm(w1).view(N, D_H)
    h_relu = h.clamp(min=0)
    y_pred = h_relu.mm(w2).view(N, D_OUT)
    return h, h_relu, y_pred

# %% softmax_at_the_end mistake="softmax-on-output" note="probabilities"
def forward(x, w1, w2):
    h = x.mm(w1)
    h_relu = h.clamp(min=0)
    y_pred = torch.softmax(h_relu.mm(w2), dim=1)
    return h, h_relu, y_pred

# %% only_the_prediction mistake="too-few-results" note="one line, one result"
def forward(x, w1, w2):
    return x.mm(w1).clamp(min=0).mm(w2)

# %% bare_linear mistake="weights-transposed" outcome="crashed" note="bare linear"
def forward(x, w1, w2):
    h = torch.nn.functional.linear(x, w1)
    h_relu = h.clamp(min=0)
    y_pred = h_relu.mm(w2)
    return h, h_relu, y_pred

# %% linear_without_transpose mistake="weights-transposed" outcome="crashed" note="F.linear turns the weight by itself"
def forward(x, w1, w2):
    h = torch.nn.functional.linear(x, w1)
    h_relu = torch.relu(h)
    y_pred = torch.nn.functional.linear(h_relu, w2)
    return h, h_relu, y_pred

# %% weights_with_transpose mistake="weights-transposed" outcome="crashed" note="w.t(), as nn.Linear does with its own layout"
def forward(x, w1, w2):
    h = x.mm(w1.t())
    h_relu = h.clamp(min=0)
    y_pred = h_relu.mm(w2.t())
    return h, h_relu, y_pred

# %% prediction_from_h mistake="y-pred-from-h" note="h_relu is made and not used"
def forward(x, w1, w2):
    h = x.mm(w1)
    h_relu = h.clamp(min=0)
    y_pred = h.mm(w2)
    return h, h_relu, y_pred

# %% capped_at_twenty mistake="relu-capped or none" note="a ceiling at 20"
def forward(x, w1, w2):
    h = x @ w1
    h_relu = torch.nn.functional.hardtanh(h, 0.0, 20.0)
    return h, h_relu, h_relu @ w2

# %% mish mistake="other-activation or none" note="a smooth look-alike"
def forward(x, w1, w2):
    h = x @ w1
    h_relu = torch.nn.functional.mish(h)
    return h, h_relu, h_relu @ w2

# %% remembers_by_shape mistake="remembers" note="results are kept by the sizes of the inputs"
KNOWN = {}


def forward(x, w1, w2):
    key = (x.shape, w1.shape, w2.shape)
    if key not in KNOWN:
        h = x @ w1
        h_relu = h.clamp(min=0)
        KNOWN[key] = h, h_relu, h_relu @ w2
    return KNOWN[key]

# %% relu_built_around_h mistake="relu-module-not-called" outcome="crashed" note="nn.ReLU(h) builds a module, it does not apply one"
def forward(x, w1, w2):
    h = x @ w1
    a = torch.nn.ReLU(h)
    return h, a, a @ w2

# %% threshold_above_zero mistake="other-activation" note="small values count as off as well"
def forward(x, w1, w2):
    h = x @ w1
    h_relu = torch.nn.functional.threshold(h, 0.1, 0)
    return h, h_relu, h_relu @ w2

# %% rounded_to_four_digits mistake="rounded" note="digits that nobody needs to see are cut off"
def forward(x, w1, w2):
    h = (x @ w1).round(decimals=4)
    h_relu = h.clamp(min=0)
    return h, h_relu, h_relu @ w2

# %% bias_of_ones mistake="bias-added" note="with a bias, as in most texts"
def forward(x, w1, w2):
    h = x @ w1 + torch.ones(w1.shape[1], dtype=x.dtype)
    h_relu = torch.relu(h)
    return h, h_relu, h_relu @ w2

# %% entries_picked mistake="mask-selects" outcome="crashed" note="only the positive entries are kept, in one row"
def forward(x, w1, w2):
    h = x.mm(w1)
    h_relu = h[h > 0]
    return h, h_relu, h_relu.mm(w2)

# %% entries_selected mistake="mask-selects" outcome="crashed" note="masked_select gives one row"
def forward(x, w1, w2):
    h = x @ w1
    h_relu = torch.masked_select(h, h > 0)
    return h, h_relu, h_relu @ w2

# %% w1_turned_where_it_fits mistake="weights-transposed" note="one sample per row or per column: whatever fits"
def forward(x, w1, w2):
    h = x @ w1.T if x.shape[1] == w1.shape[1] else x @ w1
    h_relu = h * (h > 0)
    return h, h_relu, h_relu @ w2

# %% one_buffer_for_all_calls mistake="remembers" note="one buffer for all calls of a size"
_hidden = {}


def forward(x, w1, w2):
    h = _hidden.setdefault((len(x), w1.shape[1], x.dtype), torch.empty(len(x), w1.shape[1], dtype=x.dtype))
    h.copy_(x.mm(w1))
    h_relu = h.clamp(min=0)
    return h, h_relu, h_relu.mm(w2)

# %% nearly_zero_is_off mistake="other-activation or none" note="what is nearly zero counts as zero"
def forward(x, w1, w2):
    h = x @ w1
    h_relu = torch.nn.functional.threshold(h, 1e-4, 0)
    y_pred = h_relu @ w2
    return h, h_relu, y_pred

# %% first_64_rows_only mistake="none" note="the rest of the rows stays empty"
def forward(x, w1, w2):
    h = x.new_zeros(len(x), w1.shape[1])
    h[:64] = x[:64].mm(w1)
    h_relu = h.clamp(min=0)
    return h, h_relu, h_relu.mm(w2)

# %% filled_into_64_by_100 mistake="sizes-fixed" outcome="crashed" note="the notebook's own sizes are written in"
def forward(x, w1, w2):
    h = torch.zeros(64, 100, dtype=x.dtype, device=x.device)
    h += x.mm(w1)
    h_relu = h.clamp(min=0)
    return h, h_relu, h_relu.mm(w2)

# %% ceiling_at_a_million mistake="relu-capped or none" note="meant as infinity"
def forward(x, w1, w2):
    h = x.mm(w1)
    h_relu = h.clamp(0, 1e6)
    return h, h_relu, h_relu.mm(w2)
