# %% clip_and_einsum note="clip with an open top"
def forward(x, w1, w2):
    h = np.einsum("ni,ih->nh", x, w1)
    h_relu = h.clip(min=0)
    y_pred = np.einsum("nh,ho->no", h_relu, w2)
    return h, h_relu, y_pred

# %% copy_and_index note="boolean assignment on a copy"
def forward(x, w1, w2):
    h = x.dot(w1)
    h_relu = h.copy()
    h_relu[h_relu < 0] = 0
    y_pred = h_relu.dot(w2)
    return h, h_relu, y_pred

# %% fmax_fortran_order note="results in Fortran order, products from the transposed side"
def forward(x, w1, w2):
    h = (w1.T @ x.T).T
    h_relu = np.fmax(h, 0)
    y_pred = (w2.T @ h_relu.T).T
    return h, h_relu, y_pred

# %% half_of_sum note="half of h plus its size"
def forward(x, w1, w2):
    h = x @ w1
    h_relu = (h + np.abs(h)) / 2
    return h, h_relu, h_relu @ w2

# %% heaviside_product note="the step function times h"
def forward(x, w1, w2):
    h = np.tensordot(x, w1, axes=1)
    h_relu = np.heaviside(h, 0) * h
    y_pred = np.tensordot(h_relu, w2, axes=([1], [0]))
    return h, h_relu, y_pred

# %% list_result note="list result"
def forward(x, w1, w2):
    h = x @ w1
    h_relu = np.maximum(h, 0)
    y_pred = h_relu @ w2
    return [h, h_relu, y_pred]

# %% loops_over_units note="explicit loops: one column for each unit"
def forward(x, w1, w2):
    n, d_h, d_out = x.shape[0], w1.shape[1], w2.shape[1]
    h = np.zeros((n, d_h), dtype=x.dtype)
    for j in range(d_h):
        h[:, j] = (x * w1[:, j]).sum(axis=1)
    h_relu = np.zeros_like(h)
    h_relu[h > 0] = h[h > 0]
    y_pred = np.zeros((n, d_out), dtype=x.dtype)
    for k in range(d_out):
        y_pred[:, k] = (h_relu * w2[:, k]).sum(axis=1)
    return h, h_relu, y_pred

# %% masked_array note="masked array"
def forward(x, w1, w2):
    h = x @ w1
    h_relu = np.ma.masked_less(h, 0).filled(0)
    y_pred = h_relu @ w2
    return h, h_relu, y_pred

# %% matrix_multiply_out note="matrix multiply out"
def forward(x, w1, w2):
    h = np.empty((x.shape[0], w1.shape[1]), dtype=x.dtype)
    np.matmul(x, w1, out=h)
    h_relu = np.where(np.less(h, 0), 0, h)
    return h, h_relu, np.dot(h_relu, w2)

# %% max_of_stack note="max of stack"
def forward(x, w1, w2):
    h = x @ w1
    h_relu = np.max([h, np.zeros_like(h)], axis=0)
    y_pred = h_relu @ w2
    return h, h_relu, y_pred

# %% maximum_and_dot note="the plain way"
def forward(x, w1, w2):
    h = x.dot(w1)
    h_relu = np.maximum(0, h)
    y_pred = h_relu.dot(w2)
    return h, h_relu, y_pred

# %% minus_minimum note="the maximum as a minimum of the opposite"
def forward(x, w1, w2):
    h = x @ w1
    h_relu = -np.minimum(-h, 0)
    return h, h_relu, h_relu @ w2

# %% named_tuple note="named tuple"
from collections import namedtuple

State = namedtuple("State", "h h_relu y_pred")


def forward(x, w1, w2):
    h = x @ w1
    h_relu = np.maximum(h, 0)
    y_pred = h_relu @ w2
    return State(h, h_relu, y_pred)

# %% nan_to_num note="nan to num"
def forward(x, w1, w2):
    h = x @ w1
    h_relu = np.nan_to_num(np.where(h > 0, h, np.nan))
    y_pred = h_relu @ w2
    return h, h_relu, y_pred

# %% one_line note="all in one expression"
def forward(x, w1, w2):
    return (h := x @ w1), (h_relu := np.maximum(h, 0)), h_relu @ w2

# %% piecewise note="piecewise with a function for the positive side"
def forward(x, w1, w2):
    h = x @ w1
    h_relu = np.piecewise(h, [h > 0], [lambda value: value, 0])
    return h, h_relu, h_relu @ w2

# %% putmask_on_copy note="putmask on a copy"
def forward(x, w1, w2):
    h = x @ w1
    h_relu = np.array(h)
    np.putmask(h_relu, h <= 0, 0)
    y_pred = h_relu @ w2
    return (h, h_relu, y_pred)

# %% raise_left_after_return note="raise left after return"
def forward(x, w1, w2):
    h = x @ w1
    h_relu = np.maximum(h, 0)
    y_pred = h_relu @ w2
    return h, h_relu, y_pred
    raise NotImplementedError()

# %% rows_one_by_one note="a sample at a time, results in a list, then an array"
def forward(x, w1, w2):
    hs, relus, preds = [], [], []
    for sample in x:
        h = sample @ w1
        r = np.maximum(h, 0)
        hs.append(h)
        relus.append(r)
        preds.append(r @ w2)
    return np.array(hs), np.array(relus), np.array(preds)

# %% select note="select with a default"
def forward(x, w1, w2):
    h = x @ w1
    h_relu = np.select([h >= 0], [h], default=0)
    return h, h_relu, h_relu @ w2

# %% stacked_maximum note="np.max is right here: the axis it reduces was made for it"
def forward(x, w1, w2):
    h = x @ w1
    h_relu = np.max(np.stack([h, np.zeros_like(h)]), axis=0)
    y_pred = h_relu @ w2
    return h, h_relu, y_pred

# %% subtract_negative_part note="subtract negative part"
def forward(x, w1, w2):
    h = x @ w1
    h_relu = h - np.minimum(h, 0)
    y_pred = h_relu @ w2
    return h, h_relu, y_pred

# %% times_boolean note="product with a mask: gives minus zero where the unit is off"
def forward(x, w1, w2):
    h = np.dot(x, w1)
    on = h > 0
    h_relu = h * on
    y_pred = np.dot(h_relu, w2)
    return h, h_relu, y_pred

# %% vectorized_scalar note="a function of one number, vectorized"
def relu(value):
    return value if value > 0 else value * 0


def forward(x, w1, w2):
    h = x @ w1
    h_relu = np.vectorize(relu, otypes=[h.dtype])(h)
    return h, h_relu, h_relu @ w2

# %% where_and_matmul note="np.where and the @ sign"
def forward(x, w1, w2):
    h = x @ w1
    h_relu = np.where(h > 0, h, 0.0)
    y_pred = h_relu @ w2
    return h, h_relu, y_pred

# %% where_below_zero note="np.where asked the other way round"
def forward(x, w1, w2):
    h = np.matmul(x, w1)
    h_relu = np.where(h < 0, 0, h)
    return h, h_relu, np.matmul(h_relu, w2)

# %% y_written_first note="y written first"
def forward(x, w1, w2):
    y_pred = np.maximum(x @ w1, 0) @ w2
    return x @ w1, np.maximum(x @ w1, 0), y_pred

# %% absolute mistake="absolute-value" note="np.abs"
def forward(x, w1, w2):
    h = x.dot(w1)
    h_relu = np.abs(h)
    y_pred = h_relu.dot(w2)
    return h, h_relu, y_pred

# %% maximum_with_minus mistake="absolute-value" note="maximum of h and minus h"
def forward(x, w1, w2):
    h = x @ w1
    h_relu = np.maximum(h, -h)
    return h, h_relu, h_relu @ w2

# %% negatives_flipped mistake="absolute-value" note="a minus sign where a zero belongs"
def forward(x, w1, w2):
    h = x @ w1
    h_relu = h.copy()
    h_relu[h < 0] = -h_relu[h < 0]
    return h, h_relu, h_relu @ w2

# %% dot_of_columns mistake="batch-axis-last" note="dot of columns"
def forward(x, w1, w2):
    h = (x @ w1).T
    h_relu = np.maximum(h, 0)
    y_pred = (h_relu.T @ w2).T
    return h, h_relu, y_pred

# %% whole_thing_transposed mistake="batch-axis-last" note="one sample per column: every result is a transpose"
def forward(x, w1, w2):
    h = w1.T @ x.T
    h_relu = np.maximum(h, 0)
    y_pred = w2.T @ h_relu
    return h, h_relu, y_pred

# %% rounded_to_single mistake="dtype-changed" note="everything in float32, because networks use float32"
def forward(x, w1, w2):
    h = x.astype(np.float32) @ w1.astype(np.float32)
    h_relu = np.maximum(h, 0)
    y_pred = h_relu @ w2.astype(np.float32)
    return h, h_relu, y_pred

# %% multiply_for_second_product mistake="elementwise-product" outcome="crashed" note="np.multiply for the second product only"
def forward(x, w1, w2):
    h = np.dot(x, w1)
    h_relu = np.maximum(h, 0)
    y_pred = np.multiply(h_relu, w2)
    return h, h_relu, y_pred

# %% star_for_product mistake="elementwise-product" outcome="crashed" note="the star sign for a product of matrices"
def forward(x, w1, w2):
    h = x * w1
    h_relu = np.maximum(h, 0)
    y_pred = h_relu * w2
    return h, h_relu, y_pred

# %% weights_first mistake="factors-swapped" outcome="crashed" note="W x as in the book, with samples in rows"
def forward(x, w1, w2):
    h = w1.dot(x)
    h_relu = np.maximum(h, 0)
    y_pred = w2.dot(h_relu)
    return h, h_relu, y_pred

# %% notebook_weight mistake="global-not-argument" note="notebook weight"
def forward(a, b, c):
    h = a @ w1
    h_relu = np.maximum(h, 0)
    return h, h_relu, h_relu @ w2

# %% own_function_reads_globals mistake="global-not-argument" note="a function without arguments reads the notebook's arrays"
def network():
    h = x.dot(w1)
    h_relu = np.maximum(0, h)
    return h, h_relu, h_relu.dot(w2)


def forward(x, w1, w2):
    return network()

# %% asarray_no_copy mistake="h-overwritten" note="asarray no copy"
def forward(x, w1, w2):
    h = x @ w1
    h_relu = np.asarray(h)
    h_relu[h_relu < 0] = 0
    y_pred = h_relu @ w2
    return h, h_relu, y_pred

# %% copy_of_view mistake="h-overwritten" note="copy of view"
def forward(x, w1, w2):
    h = x @ w1
    h_relu = h.view()
    h_relu[h_relu < 0] = 0
    y_pred = h_relu @ w2
    return h, h_relu, y_pred

# %% h_named_too_late mistake="h-overwritten" note="h is the name of what comes after the activation"
def forward(x, w1, w2):
    h = np.maximum(x @ w1, 0)
    h_relu = np.maximum(h, 0)
    y_pred = h_relu @ w2
    return h, h_relu, y_pred

# %% index_assignment_on_h mistake="h-overwritten" note="the zeros are written into h"
def forward(x, w1, w2):
    h = x.dot(w1)
    h_relu = h
    h_relu[h_relu < 0] = 0
    y_pred = h_relu.dot(w2)
    return h, h_relu, y_pred

# %% maximum_out_h mistake="h-overwritten" note="out= the array that is still needed"
def forward(x, w1, w2):
    h = x @ w1
    h_relu = np.maximum(h, 0, out=h)
    return h, h_relu, h_relu @ w2

# %% product_in_place mistake="h-overwritten" note="*= works on the array itself"
def forward(x, w1, w2):
    h = x @ w1
    h_relu = h
    h_relu *= h > 0
    y_pred = h_relu @ w2
    return h, h_relu, y_pred

# %% slice_is_a_view mistake="h-overwritten" note="h[:] is a copy for lists, a view for arrays"
def forward(x, w1, w2):
    h = x @ w1
    h_relu = h[:]
    h_relu[h < 0] = 0
    return h, h_relu, h_relu @ w2

# %% builtin_max mistake="if-on-array" outcome="crashed" note="Python's own max wants one answer for the whole array"
def forward(x, w1, w2):
    h = x @ w1
    h_relu = max(h, 0)
    return h, h_relu, h_relu @ w2

# %% if_on_array mistake="if-on-array" outcome="crashed" note="an if for a whole array"
def forward(x, w1, w2):
    h = x.dot(w1)
    if h > 0:
        h_relu = h
    else:
        h_relu = 0 * h
    y_pred = h_relu.dot(w2)
    return h, h_relu, y_pred

# %% x_scaled_in_place mistake="inputs-changed" note="x is brought to unit size first, in place"
def forward(x, w1, w2):
    x /= np.abs(x).max()
    h = x @ w1
    h_relu = np.maximum(h, 0)
    y_pred = h_relu @ w2
    return h, h_relu, y_pred

# %% leaky_five_percent mistake="leaky-relu" note="leaky five percent"
def forward(x, w1, w2):
    h = x @ w1
    h_relu = np.maximum(0.05 * h, h)
    y_pred = h_relu @ w2
    return h, h_relu, y_pred

# %% leaky_loop mistake="leaky-relu" note="0.01 of the negatives kept in place"
def forward(x, w1, w2):
    h = x @ w1
    h_relu = h.copy()
    h_relu[h_relu < 0] *= 0.01
    return h, h_relu, h_relu @ w2

# %% leaky_maximum mistake="leaky-relu" note="the leaky kind, met elsewhere"
def forward(x, w1, w2):
    h = x.dot(w1)
    h_relu = np.maximum(0.01 * h, h)
    y_pred = h_relu.dot(w2)
    return h, h_relu, y_pred

# %% leaky_prelu mistake="leaky-relu" note="leaky prelu"
def forward(x, w1, w2):
    h = x @ w1
    h_relu = np.where(h < 0, 0.25 * h, h)
    y_pred = h_relu @ w2
    return h, h_relu, y_pred

# %% leaky_where mistake="leaky-relu" note="slope 0.01 below zero, with where"
def forward(x, w1, w2):
    h = x @ w1
    h_relu = np.where(h > 0, h, 0.01 * h)
    return h, h_relu, h_relu @ w2

# %% two_mistakes_leaky_and_output mistake="leaky-relu" note="two mistakes leaky and output"
def forward(x, w1, w2):
    h = x @ w1
    h_relu = np.where(h > 0, h, 0.01 * h)
    y_pred = np.maximum(h_relu @ w2, 0)
    return h, h_relu, y_pred

# %% max_axis_one mistake="max-reduces" outcome="crashed" note="max axis one"
def forward(x, w1, w2):
    h = x @ w1
    h_relu = np.max(h, axis=1)
    y_pred = h_relu @ w2
    return h, h_relu, y_pred

# %% max_keepdims mistake="max-reduces" note="the axis is kept with length one: broadcasting could hide it"
def forward(x, w1, w2):
    h = x @ w1
    h_relu = np.amax(h, axis=0, keepdims=True)
    return h, h_relu, h_relu @ w2

# %% max_of_zero mistake="max-reduces" outcome="crashed" note="np.max(0, h): h is taken for the axis"
def forward(x, w1, w2):
    h = x.dot(w1)
    h_relu = np.max(0, h)
    y_pred = h_relu.dot(w2)
    return h, h_relu, y_pred

# %% max_over_axis_zero mistake="max-reduces" note="np.max(h, 0) means axis 0: one row is left"
def forward(x, w1, w2):
    h = x.dot(w1)
    h_relu = np.max(h, 0)
    y_pred = h_relu.dot(w2)
    return h, h_relu, y_pred

# %% max_over_everything mistake="max-reduces" outcome="crashed" note="max over everything"
def forward(x, w1, w2):
    h = x @ w1
    h_relu = np.max(h)
    y_pred = h_relu @ w2
    return h, h_relu, y_pred

# %% max_over_everything_dot mistake="max-reduces" note="max over everything dot"
def forward(x, w1, w2):
    h = x @ w1
    h_relu = np.max(h)
    y_pred = np.dot(h_relu, w2)
    return h, h_relu, y_pred

# %% method_max mistake="max-reduces" note="the method of the array, with 0 for the axis"
def forward(x, w1, w2):
    h = x @ w1
    h_relu = h.max(0)
    return h, h_relu, h_relu @ w2

# %% rows_max mistake="max-reduces" note="rows max"
def forward(x, w1, w2):
    h = x @ w1
    h_relu = np.max(h, axis=1, keepdims=True)
    y_pred = h_relu * w2.sum(0)
    return h, h_relu, y_pred

# %% rows_by_shape mistake="needs-contiguous" note="writing to .shape is possible only for numbers in one row in memory"
def forward(x, w1, w2):
    n, d_in = x.shape
    flat = np.array(x)
    flat.shape = -1
    h = np.array([flat[i * d_in : (i + 1) * d_in] @ w1 for i in range(n)])
    h_relu = np.maximum(h, 0)
    y_pred = h_relu @ w2
    return h, h_relu, y_pred

# %% activation_forgotten mistake="no-relu" note="the second name is only a second name"
def forward(x, w1, w2):
    h = x.dot(w1)
    h_relu = h
    y_pred = h_relu.dot(w2)
    return h, h_relu, y_pred

# %% activation_not_kept mistake="no-relu" note="np.maximum is called, its result is thrown away"
def forward(x, w1, w2):
    h = x.dot(w1)
    h_relu = h.copy()
    np.maximum(h_relu, 0)
    y_pred = h_relu.dot(w2)
    return h, h_relu, y_pred

# %% linear_copy mistake="no-relu" note="maximum of h with itself"
def forward(x, w1, w2):
    h = x @ w1
    h_relu = np.maximum(h, h)
    return h, h_relu, h_relu @ w2

# %% absolute_h mistake="none" note="absolute h"
def forward(x, w1, w2):
    h = np.abs(x @ w1)
    h_relu = h
    y_pred = h_relu @ w2
    return h, h_relu, y_pred

# %% blank mistake="none" outcome="not_attempted" note="untouched"
def forward(x, w1, w2):
    # YOUR CODE HERE
    raise NotImplementedError()

# %% bytes_read_as_double mistake="none" outcome="crashed" note="frombuffer takes bytes for double precision if nobody says otherwise"
def forward(x, w1, w2):
    h = x @ w1
    h_relu = np.frombuffer(h.tobytes()).reshape(h.shape).copy()
    h_relu[h < 0] = 0
    y_pred = h_relu @ w2
    return h, h_relu, y_pred

# %% capped_at_hundred mistake="relu-capped" note="capped at hundred"
def forward(x, w1, w2):
    h = x @ w1
    h_relu = np.clip(h, 0, 100)
    y_pred = h_relu @ w2
    return h, h_relu, y_pred

# %% four_results mistake="none" note="four results"
def forward(x, w1, w2):
    h = x @ w1
    h_relu = np.maximum(h, 0)
    y_pred = h_relu @ w2
    return x, h, h_relu, y_pred

# %% half_precision mistake="none" note="half precision"
def forward(x, w1, w2):
    h = (x @ w1).astype(np.float16)
    h_relu = np.maximum(h, 0)
    y_pred = h_relu @ w2
    return h, h_relu, y_pred

# %% layers_in_a_loop_forever mistake="none" outcome="timed_out" note="a while loop whose condition never changes"
def forward(x, w1, w2):
    h = x @ w1
    h_relu = h.copy()
    while h.min() < 0:
        h_relu = np.maximum(h_relu, 0)
    y_pred = h_relu @ w2
    return h, h_relu, y_pred

# %% loop_misses_last_row mistake="none" note="range stops one row too early"
def forward(x, w1, w2):
    h = x @ w1
    h_relu = np.zeros_like(h)
    for i in range(h.shape[0] - 1):
        h_relu[i] = np.maximum(h[i], 0)
    y_pred = h_relu @ w2
    return h, h_relu, y_pred

# %% mask_from_greater_one mistake="other-activation" note="mask from greater one"
def forward(x, w1, w2):
    h = x @ w1
    h_relu = h * (h > 1)
    y_pred = h_relu @ w2
    return h, h_relu, y_pred

# %% squeezed_inputs mistake="axis-squeezed" outcome="crashed" note="squeeze takes away every axis of length 1"
def forward(x, w1, w2):
    x, w1, w2 = x.squeeze(), w1.squeeze(), w2.squeeze()
    h = x @ w1
    h_relu = np.maximum(h, 0)
    y_pred = h_relu @ w2
    return h, h_relu, y_pred

# %% w1_relu mistake="none" note="w1 relu"
def forward(x, w1, w2):
    h = x @ np.maximum(w1, 0)
    h_relu = np.maximum(h, 0)
    y_pred = h_relu @ w2
    return h, h_relu, y_pred

# %% x_transposed mistake="none" outcome="crashed" note="x transposed"
def forward(x, w1, w2):
    h = x.T @ w1
    h_relu = np.maximum(h, 0)
    y_pred = h_relu @ w2
    return h, h_relu, y_pred

# %% prediction_first mistake="order-of-results" note="the most important result first"
def forward(x, w1, w2):
    h = x.dot(w1)
    h_relu = np.maximum(0, h)
    y_pred = h_relu.dot(w2)
    return y_pred, h, h_relu

# %% relu_before_h mistake="order-of-results" note="h and h_relu swapped"
def forward(x, w1, w2):
    h = x.dot(w1)
    h_relu = np.maximum(0, h)
    return h_relu, h, h_relu.dot(w2)

# %% elu mistake="other-activation" note="elu"
def forward(x, w1, w2):
    h = x @ w1
    h_relu = np.where(h > 0, h, np.exp(h) - 1)
    y_pred = h_relu @ w2
    return h, h_relu, y_pred

# %% sigmoid mistake="other-activation" note="the activation of the previous chapter"
def forward(x, w1, w2):
    h = x @ w1
    h_relu = 0.5 * (1 + np.tanh(h / 2))
    return h, h_relu, h_relu @ w2

# %% softplus mistake="other-activation" note="a smooth ReLU, so close that a loose check lets it pass"
def forward(x, w1, w2):
    h = x @ w1
    h_relu = np.logaddexp(0, h)
    return h, h_relu, h_relu @ w2

# %% swish mistake="other-activation" note="swish"
def forward(x, w1, w2):
    h = x @ w1
    h_relu = h / (1 + np.exp(-h))
    y_pred = h_relu @ w2
    return h, h_relu, y_pred

# %% tanh mistake="other-activation" note="tanh"
def forward(x, w1, w2):
    h = x @ w1
    h_relu = np.tanh(h)
    return h, h_relu, h_relu @ w2

# %% capped_at_one mistake="relu-capped" note="clip wants two bounds, so the top got one as well"
def forward(x, w1, w2):
    h = x @ w1
    h_relu = np.clip(h, 0, 1)
    return h, h_relu, h_relu @ w2

# %% relu_six mistake="relu-capped" note="relu six"
def forward(x, w1, w2):
    h = x @ w1
    h_relu = np.clip(h, 0, 6)
    y_pred = h_relu @ w2
    return h, h_relu, y_pred

# %% boolean_only mistake="relu-is-mask" note="the comparison itself"
def forward(x, w1, w2):
    h = x.dot(w1)
    h_relu = h > 0
    y_pred = h_relu.dot(w2)
    return h, h_relu, y_pred

# %% mask_handed_back mistake="relu-is-mask" note="the mask in the middle, the product with what it lets through"
def forward(x, w1, w2):
    h = x.dot(w1)
    h_relu = (h > 0).astype(h.dtype)
    y_pred = (h * h_relu).dot(w2)
    return h, h_relu, y_pred

# %% step_function mistake="relu-is-mask" note="heaviside alone"
def forward(x, w1, w2):
    h = x @ w1
    h_relu = np.heaviside(h, 0)
    y_pred = h_relu @ w2
    return h, h_relu, y_pred

# %% zeros_and_ones mistake="relu-is-mask" note="the mask turned into numbers"
def forward(x, w1, w2):
    h = x @ w1
    h_relu = np.where(h > 0, 1.0, 0.0)
    return h, h_relu, h_relu @ w2

# %% relu_before_product mistake="relu-on-input" note="x goes through the activation"
def forward(x, w1, w2):
    h = np.maximum(0, x).dot(w1)
    h_relu = np.maximum(0, h)
    y_pred = h_relu.dot(w2)
    return h, h_relu, y_pred

# %% relu_on_input_only mistake="relu-on-input" note="x through the activation, h not"
def forward(x, w1, w2):
    x_relu = np.where(x > 0, x, 0)
    h = x_relu @ w1
    h_relu = np.maximum(h, 0)
    return h, h_relu, h_relu @ w2

# %% two_mistakes_input_and_no_relu mistake="relu-on-input" note="two mistakes input and no relu"
def forward(x, w1, w2):
    h = np.maximum(x, 0) @ w1
    h_relu = h
    y_pred = h_relu @ w2
    return h, h_relu, y_pred

# %% relu_both_products mistake="relu-on-output" note="relu both products"
def forward(x, w1, w2):
    h = x @ w1
    h_relu = np.maximum(h, 0)
    y_pred = np.maximum(h_relu @ w2, 0)
    return h, h_relu, y_pred

# %% relu_on_output_by_index mistake="relu-on-output" note="negative predictions set to zero"
def forward(x, w1, w2):
    h = x @ w1
    h_relu = h * (h > 0)
    y_pred = h_relu @ w2
    y_pred[y_pred < 0] = 0
    return h, h_relu, y_pred

# %% relu_twice mistake="relu-on-output" note="every layer gets its activation, the last one too"
def forward(x, w1, w2):
    h = x.dot(w1)
    h_relu = np.maximum(0, h)
    y_pred = np.maximum(0, h_relu.dot(w2))
    return h, h_relu, y_pred

# %% clip_at_the_top mistake="relu-wrong-side" note="clip with max instead of min"
def forward(x, w1, w2):
    h = x @ w1
    h_relu = h.clip(max=0)
    return h, h_relu, h_relu @ w2

# %% mask_of_positive_zeroed mistake="relu-wrong-side" note="sets the positive ones to zero"
def forward(x, w1, w2):
    h = x @ w1
    h_relu = h.copy()
    h_relu[h_relu > 0] = 0
    y_pred = h_relu @ w2
    return h, h_relu, y_pred

# %% minimum mistake="relu-wrong-side" note="the other of the two functions"
def forward(x, w1, w2):
    h = x.dot(w1)
    h_relu = np.minimum(0, h)
    y_pred = h_relu.dot(w2)
    return h, h_relu, y_pred

# %% sign_minus mistake="relu-wrong-side" note="sign minus"
def forward(x, w1, w2):
    h = x @ w1
    h_relu = np.maximum(-h, 0)
    y_pred = h_relu @ w2
    return h, h_relu, y_pred

# %% where_swapped mistake="relu-wrong-side" note="the two branches of where swapped"
def forward(x, w1, w2):
    h = x @ w1
    h_relu = np.where(h > 0, 0, h)
    return h, h_relu, h_relu @ w2

# %% print_not_return mistake="returns-none" note="printed, not returned"
def forward(x, w1, w2):
    h = x @ w1
    h_relu = np.maximum(h, 0)
    y_pred = h_relu @ w2
    print(h.shape, h_relu.shape, y_pred.shape)

# %% return_forgotten mistake="returns-none" note="everything but the return"
def forward(x, w1, w2):
    h = x.dot(w1)
    h_relu = np.maximum(0, h)
    y_pred = h_relu.dot(w2)

# %% reshaped_to_original_size mistake="sizes-fixed" outcome="crashed" note="reshape makes sure of the size: at other sizes it raises"
def forward(x, w1, w2):
    h = x.dot(w1).reshape(64, 100)
    h_relu = np.maximum(0, h)
    y_pred = h_relu.dot(w2).reshape(64, 10)
    return h, h_relu, y_pred

# %% zeros_of_original_size mistake="sizes-fixed" outcome="crashed" note="a table of 64 by 100 is filled in row by row"
def forward(x, w1, w2):
    h = np.zeros((64, 100))
    for i in range(len(x)):
        h[i] = x[i] @ w1
    h_relu = np.maximum(h, 0)
    y_pred = h_relu @ w2
    return h, h_relu, y_pred

# %% softmax_at_the_end mistake="softmax-on-output" note="probabilities at the end, as for classes"
def forward(x, w1, w2):
    h = x @ w1
    h_relu = np.maximum(h, 0)
    scores = h_relu @ w2
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    y_pred = e / e.sum(axis=1, keepdims=True)
    return h, h_relu, y_pred

# %% list_of_one mistake="too-few-results" note="list of one"
def forward(x, w1, w2):
    h = x @ w1
    h_relu = np.maximum(h, 0)
    y_pred = h_relu @ w2
    return [y_pred]

# %% only_the_prediction mistake="too-few-results" note="what one wants of a network is its prediction"
def forward(x, w1, w2):
    h = x.dot(w1)
    h_relu = np.maximum(0, h)
    return h_relu.dot(w2)

# %% weights_with_transpose mistake="weights-transposed" outcome="crashed" note="w.T as nn.Linear does it"
def forward(x, w1, w2):
    h = x @ w1.T
    h_relu = np.maximum(h, 0)
    y_pred = h_relu @ w2.T
    return h, h_relu, y_pred

# %% prediction_from_h mistake="y-pred-from-h" note="h_relu is made and not used"
def forward(x, w1, w2):
    h = x.dot(w1)
    h_relu = np.maximum(0, h)
    y_pred = h.dot(w2)
    return h, h_relu, y_pred

# %% prediction_from_h_einsum mistake="y-pred-from-h" note="the wrong name in the einsum"
def forward(x, w1, w2):
    h = np.einsum("ij,jk->ik", x, w1)
    h_relu = h.clip(0)
    y_pred = np.einsum("ij,jk->ik", h, w2)
    return h, h_relu, y_pred

# %% capped_at_twenty mistake="relu-capped or none" note="a ceiling at 20"
def forward(x, w1, w2):
    h = x @ w1
    h_relu = np.clip(h, 0, 20)
    return h, h_relu, h_relu @ w2

# %% softplus_beta_10 mistake="other-activation or none" note="a smooth look-alike"
def forward(x, w1, w2):
    h = x @ w1
    h_relu = np.logaddexp(0, 10 * h) / 10
    return h, h_relu, h_relu @ w2

# %% floor mistake="other-activation" note="a floor above zero"
def forward(x, w1, w2):
    h = x @ w1
    h_relu = np.maximum(h, 0.1)
    return h, h_relu, h_relu @ w2

# %% remembers_by_shape mistake="remembers" note="results are kept by the sizes of the inputs"
KNOWN = {}


def forward(x, w1, w2):
    key = (x.shape, w1.shape, w2.shape)
    if key not in KNOWN:
        h = x @ w1
        h_relu = np.maximum(h, 0)
        KNOWN[key] = h, h_relu, h_relu @ w2
    return KNOWN[key]

# %% remembers_by_shape_and_dtype mistake="remembers" note="results are kept by sizes and dtype"
KNOWN = {}


def forward(x, w1, w2):
    key = (x.shape, w1.shape, w2.shape, x.dtype)
    if key not in KNOWN:
        h = x @ w1
        h_relu = np.maximum(h, 0)
        KNOWN[key] = h, h_relu, h_relu @ w2
    return KNOWN[key]

# %% elu_with_alpha mistake="other-activation" note="ELU with an alpha of its own"
def forward(x, w1, w2):
    h = x.dot(w1)
    h_relu = np.where(h > 0, h, 0.5 * (np.exp(h) - 1))
    return h, h_relu, h_relu @ w2

# %% relu_from_torch mistake="torch-used" outcome="refused" note="torch fetched in for the ReLU only"
import torch

def forward(x, w1, w2):
    h = x @ w1
    h_relu = torch.relu(torch.from_numpy(h)).numpy()
    return h, h_relu, h_relu @ w2

# %% torch_inside mistake="torch-used" outcome="refused" note="imported where it is needed"
def forward(x, w1, w2):
    import torch.nn.functional as F
    from torch import as_tensor
    h = x @ w1
    h_relu = F.relu(as_tensor(h)).numpy()
    return h, h_relu, h_relu @ w2

# %% torch_imported_and_not_used note="a habit from another course"
import torch
import torch.nn.functional as F
from torch import nn, optim

device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
torch.manual_seed(0)

def forward(x, w1, w2):
    h = x @ w1
    h_relu = np.maximum(h, 0)
    return h, h_relu, h_relu @ w2

# %% torch_imported_inside note="imported where it is not needed"
def forward(x, w1, w2):
    import torch
    h = x @ w1
    h_relu = np.maximum(h, 0)
    return h, h_relu, h_relu @ w2

# %% torch_from_inside mistake="torch-used" outcome="refused" note="a function of torch by its own name"
def forward(x, w1, w2):
    from torch.nn import functional
    h = x @ w1
    h_relu = np.asarray(functional.relu(h))
    return h, h_relu, h_relu @ w2

# %% package_not_installed mistake="none" outcome="crashed" note="a line kept from another course"
import keras_of_another_course
def forward(x, w1, w2):
    h = x @ w1
    h_relu = np.maximum(h, 0)
    return h, h_relu, h_relu @ w2

# %% in_a_class_of_its_own mistake="results-wrapped" note="tidy"
class Result:
    def __init__(self, h, h_relu, y_pred):
        self.h, self.h_relu, self.y_pred = h, h_relu, y_pred

def forward(x, w1, w2):
    h = x @ w1
    h_relu = np.maximum(h, 0)
    return Result(h, h_relu, h_relu @ w2)

# %% eight_bits mistake="relu-capped" note="as if hidden values were brightnesses"
def forward(x, w1, w2):
    h = x @ w1
    h_relu = np.clip(h, 0, 255)
    return h, h_relu, h_relu @ w2

# %% rounded_to_four_digits mistake="rounded" note="digits that nobody needs to see are cut off"
def forward(x, w1, w2):
    h = np.round(x @ w1, 4)
    h_relu = np.maximum(h, 0)
    return h, h_relu, h_relu @ w2

# %% dropout_by_hand mistake="dropout" note="as in a recipe against learning by heart"
def forward(x, w1, w2):
    h = x @ w1
    h_relu = np.maximum(h, 0)
    keep = np.random.rand(*h_relu.shape) > 0.5
    return h, h_relu, (h_relu * keep * 2) @ w2

# %% bias_of_ones mistake="bias-added" note="with a bias, as in most texts"
def forward(x, w1, w2):
    h = x @ w1 + np.ones(w1.shape[1])
    h_relu = np.maximum(h, 0)
    return h, h_relu, h_relu @ w2

# %% smoothed_corner mistake="other-activation" note="a root instead of the corner"
def forward(x, w1, w2):
    h = x @ w1
    h_relu = (h + np.sqrt(h**2 + 1e-2)) / 2
    return h, h_relu, h_relu @ w2

# %% entries_picked mistake="mask-selects" outcome="crashed" note="only the positive entries are kept, in one row"
def forward(x, w1, w2):
    h = x.dot(w1)
    h_relu = h[h > 0]
    y_pred = h_relu.dot(w2)
    return h, h_relu, y_pred

# %% w1_turned_where_it_fits mistake="weights-transposed" note="one sample per row or per column: whatever fits"
def forward(x, w1, w2):
    h = x @ w1.T if x.shape[1] == w1.shape[1] else x @ w1
    h_relu = h * (h > 0)
    return h, h_relu, h_relu @ w2

# %% one_buffer_for_all_calls mistake="remembers" note="one buffer for all calls of a size"
_buffer = {}


def forward(x, w1, w2):
    shape = (x.shape[0], w1.shape[1])
    if shape not in _buffer:
        _buffer[shape] = np.empty(shape), np.empty(shape)
    h, h_relu = _buffer[shape]
    np.matmul(x, w1, out=h)
    np.maximum(h, 0, out=h_relu)
    return h, h_relu, h_relu @ w2

# %% answer_squeezed mistake="axis-squeezed" note="the prediction loses its axes of length 1"
def forward(x, w1, w2):
    h = x @ w1
    h_relu = np.maximum(h, 0)
    y_pred = np.squeeze(h_relu @ w2)
    return h, h_relu, y_pred

# %% nearly_zero_is_off mistake="other-activation or none" note="what is nearly zero counts as zero"
def forward(x, w1, w2):
    h = x @ w1
    h_relu = np.where(h > 1e-4, h, 0)
    y_pred = h_relu @ w2
    return h, h_relu, y_pred

# %% first_64_rows_only mistake="none" note="the rest of the rows stays empty"
def forward(x, w1, w2):
    h = np.zeros((len(x), w1.shape[1]))
    for i in range(min(len(x), 64)):
        h[i] = x[i] @ w1
    h_relu = np.maximum(h, 0)
    return h, h_relu, h_relu @ w2

# %% ceiling_at_a_thousand mistake="relu-capped" note="meant as infinity"
def forward(x, w1, w2):
    BIG = 1e3
    h = np.dot(x, w1)
    h_relu = np.clip(h, a_min=0, a_max=BIG)
    y_pred = np.dot(h_relu, w2)
    return h, h_relu, y_pred

# %% memo_by_identity mistake="remembers" note="the same arrays with other numbers get the old answer"
_memo = {}


def forward(x, w1, w2):
    key = (id(x), id(w1), id(w2))
    if key in _memo:
        return _memo[key][1]
    h = x.dot(w1)
    h_relu = np.where(h > 0, h, 0)
    y_pred = h_relu.dot(w2)
    _memo[key] = ((x, w1, w2), (h, h_relu, y_pred))
    return _memo[key][1]
