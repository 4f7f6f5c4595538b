# %% divided_by_half note="divided by half"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = (y_pred - y) / 0.5
    grad_w2 = h_relu.T @ grad_y_pred
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = grad_h_relu * (h > 0)
    grad_w1 = x.T @ grad_h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% list_back note="list back"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.T @ grad_y_pred
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = grad_h_relu * (h > 0)
    grad_w1 = x.T @ grad_h
    return [grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1]

# %% not_negative note="not negative"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.T @ grad_y_pred
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = grad_h_relu * ~(h < 0)
    grad_w1 = x.T @ grad_h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% own_transposes note="own transposes"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = (grad_y_pred.T @ h_relu).T
    grad_h_relu = (w2 @ grad_y_pred.T).T
    grad_h = grad_h_relu * (h > 0)
    grad_w1 = (grad_h.T @ x).T
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% product_with_sign_of_relu note="product with sign of relu"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.T @ grad_y_pred
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = grad_h_relu * (h_relu > 0)
    grad_w1 = x.T @ grad_h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% subtracted_part note="subtracted part"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.T @ grad_y_pred
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = grad_h_relu - grad_h_relu * (h < 0)
    grad_w1 = x.T @ grad_h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% sum_of_outer note="sum of outer"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.T @ grad_y_pred
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = grad_h_relu * (h > 0)
    grad_w1 = sum(x[i][:, None] * grad_h[i][None, :] for i in range(len(x)))
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% twice_added note="twice added"
def backward(x, y, w2, h, h_relu, y_pred):
    d = y_pred - y
    grad_y_pred = d + d
    grad_w2 = h_relu.T @ grad_y_pred
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = grad_h_relu * (h > 0)
    grad_w1 = x.T @ grad_h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% mask_before_grad_h_relu mistake="gate-too-early" note="the gate one line too early"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.T @ grad_y_pred
    grad_h_relu = (grad_y_pred @ w2.T) * (h > 0)
    grad_h = grad_h_relu + 0
    grad_w1 = x.T @ grad_h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% slip_on_alias mistake="alias-not-copy or mask-from-gradient-sign" note="the original's slip, and no copy"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.T @ grad_y_pred
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = grad_h_relu
    grad_h[grad_h < 0] = 0
    grad_w1 = x.T @ grad_h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% star mistake="elementwise-product" outcome="crashed" note="star"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu * grad_y_pred
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = grad_h_relu * (h > 0)
    grad_w1 = x.T @ grad_h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% star_second mistake="elementwise-product" outcome="crashed" note="star second"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.T @ grad_y_pred
    grad_h_relu = grad_y_pred * w2
    grad_h = grad_h_relu * (h > 0)
    grad_w1 = x.T @ grad_h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% star_w1_only mistake="elementwise-product" outcome="crashed" note="star w1 only"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.T @ grad_y_pred
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = grad_h_relu * (h > 0)
    grad_w1 = x * grad_h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% extra_two_in_h mistake="extra-factor-2" note="extra two in h"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.T @ grad_y_pred
    grad_h_relu = 2 * grad_y_pred @ w2.T
    grad_h = grad_h_relu * (h > 0)
    grad_w1 = x.T @ grad_h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% extra_two_in_w1 mistake="extra-factor-2" note="extra two in w1"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.T @ grad_y_pred
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = grad_h_relu * (h > 0)
    grad_w1 = 2 * x.T @ grad_h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% h_relu_swapped mistake="factors-swapped" outcome="crashed" note="h relu swapped"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = grad_y_pred @ h_relu.T
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = grad_h_relu * (h > 0)
    grad_w1 = x.T @ grad_h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% w1_swapped mistake="factors-swapped" outcome="crashed" note="w1 swapped"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.T @ grad_y_pred
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = grad_h_relu * (h > 0)
    grad_w1 = grad_h @ x.T
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% w2_swapped mistake="factors-swapped" outcome="crashed" note="w2 swapped"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.T @ grad_y_pred
    grad_h_relu = w2.T @ grad_y_pred
    grad_h = grad_h_relu * (h > 0)
    grad_w1 = x.T @ grad_h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% transposed_h_relu mistake="gradient-transposed" outcome="crashed" note="transposed h relu"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.T @ grad_y_pred
    grad_h_relu = w2 @ grad_y_pred.T
    grad_h = grad_h_relu * (h > 0)
    grad_w1 = x.T @ grad_h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% transposed_h_relu_turned mistake="gradient-transposed" note="transposed h relu turned"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.T @ grad_y_pred
    grad_h_relu = w2 @ grad_y_pred.T
    grad_h = grad_h_relu.T * (h > 0)
    grad_w1 = x.T @ grad_h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% transposed_w1_other_order mistake="gradient-transposed" note="transposed w1 other order"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.T @ grad_y_pred
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = grad_h_relu * (h > 0)
    grad_w1 = grad_h.T @ x
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% transposed_w2_other_order mistake="gradient-transposed" note="transposed w2 other order"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = grad_y_pred.T @ h_relu
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = grad_h_relu * (h > 0)
    grad_w1 = x.T @ grad_h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% if_else mistake="if-on-array" outcome="crashed" note="if else"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.T @ grad_y_pred
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = grad_h_relu if h > 0 else 0 * h
    grad_w1 = x.T @ grad_h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% h_overwritten_by_mask mistake="inputs-changed" note="h overwritten by mask"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.T @ grad_y_pred
    grad_h_relu = grad_y_pred @ w2.T
    h[h < 0] = 0
    h[h > 0] = 1
    grad_h = grad_h_relu * h
    grad_w1 = x.T @ grad_h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% leaky mistake="leaky-relu" note="leaky"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.T @ grad_y_pred
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = grad_h_relu * (0.01 + 0.99 * (h > 0))
    grad_w1 = x.T @ grad_h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% mask_from_relu_ge mistake="mask-from-relu-output" note="mask from relu ge"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.T @ grad_y_pred
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = grad_h_relu * (h_relu >= 0)
    grad_w1 = x.T @ grad_h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% mask_relu_negative_copy mistake="mask-from-relu-output" note="mask relu negative copy"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.T @ grad_y_pred
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = grad_h_relu + 0
    grad_h[h_relu < 0] = 0
    grad_w1 = x.T @ grad_h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% mask_less_equal mistake="mask-inverted" note="mask less equal"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.T @ grad_y_pred
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = grad_h_relu * (h <= 0)
    grad_w1 = x.T @ grad_h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% mask_of_h_relu_is_zero mistake="mask-inverted" note="mask of h relu is zero"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.T @ grad_y_pred
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = grad_h_relu * (h_relu == 0)
    grad_w1 = x.T @ grad_h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% mask_int_select mistake="mask-selects" outcome="crashed" note="mask int select"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.T @ grad_y_pred
    grad_h_relu = grad_y_pred @ w2.T
    mask = h > 0
    grad_h = grad_h_relu[mask]
    grad_w1 = x.T @ grad_h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% two_n mistake="mean-not-sum" note="two n"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y) / (y.shape[0] * y.shape[1])
    grad_w2 = h_relu.T @ grad_y_pred
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = grad_h_relu * (h > 0)
    grad_w1 = x.T @ grad_h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% two_mistakes_half_and_no_mask mistake="missing-factor-2" note="two mistakes half and no mask"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = y_pred - y
    grad_w2 = h_relu.T @ grad_y_pred
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = grad_h_relu
    grad_w1 = x.T @ grad_h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% of_the_halved_mean mistake="half-batch-mean" note="the gradient of the cost 1/(2n) · Σ"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = (y_pred - y) / len(y)
    grad_w2 = h_relu.T @ grad_y_pred
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = grad_h_relu * (h > 0)
    grad_w1 = x.T @ grad_h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% blank mistake="none" outcome="not_attempted" note="untouched"
def backward(x, y, w2, h, h_relu, y_pred):
    # YOUR CODE HERE
    raise NotImplementedError()

# %% from_y_pred mistake="none" note="from y pred"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.T @ y_pred
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = grad_h_relu * (h > 0)
    grad_w1 = x.T @ grad_h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% negative_gradients_kept mistake="none" note="negative gradients kept"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.T @ grad_y_pred
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = grad_h_relu * (grad_h_relu < 0)
    grad_w1 = x.T @ grad_h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% six_results mistake="none" note="six results"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.T @ grad_y_pred
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = grad_h_relu * (h > 0)
    grad_w1 = x.T @ grad_h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1, None

# %% sum_over_batch mistake="none" outcome="crashed" note="sum over batch"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y).sum(0)
    grad_w2 = h_relu.T @ grad_y_pred
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = grad_h_relu * (h > 0)
    grad_w1 = x.T @ grad_h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% w1_from_h mistake="none" note="w1 from h"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.T @ grad_y_pred
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = grad_h_relu * (h > 0)
    grad_w1 = x.T @ h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% weights_pair_first mistake="order-of-results" note="weights pair first"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.T @ grad_y_pred
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = grad_h_relu * (h > 0)
    grad_w1 = x.T @ grad_h
    return grad_w1, grad_w2, grad_y_pred, grad_h_relu, grad_h

# %% reshape_h mistake="reshape-not-transpose" note="reshape h"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.reshape(h_relu.shape[1], -1) @ grad_y_pred
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = grad_h_relu * (h > 0)
    grad_w1 = x.T @ grad_h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% reshape_result_w2 mistake="reshape-not-transpose" note="reshape result w2"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = (grad_y_pred.T @ h_relu).reshape(w2.shape)
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = grad_h_relu * (h > 0)
    grad_w1 = x.T @ grad_h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% reshape_w2 mistake="reshape-not-transpose" note="reshape w2"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.T @ grad_y_pred
    grad_h_relu = grad_y_pred @ w2.reshape(w2.shape[1], w2.shape[0])
    grad_h = grad_h_relu * (h > 0)
    grad_w1 = x.T @ grad_h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% returns_none_inside mistake="returns-none" note="returns none inside"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.T @ grad_y_pred
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = grad_h_relu * (h > 0)
    grad_w1 = x.T @ grad_h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, None

# %% minus_two mistake="sign-flipped" note="minus two"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = -2 * (y_pred - y)
    grad_w2 = h_relu.T @ grad_y_pred
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = grad_h_relu * (h > 0)
    grad_w1 = x.T @ grad_h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% activation_and_mask mistake="times-activation" note="activation and mask"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.T @ grad_y_pred
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = grad_h_relu * h * (h > 0)
    grad_w1 = x.T @ grad_h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% times_h_in_place mistake="times-activation" note="times h in place"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.T @ grad_y_pred
    grad_h_relu = grad_y_pred @ w2.T
    h *= grad_h_relu
    grad_h = h
    grad_w1 = x.T @ grad_h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% four_results mistake="too-few-results" note="four results"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.T @ grad_y_pred
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = grad_h_relu * (h > 0)
    grad_w1 = x.T @ grad_h
    return grad_y_pred, grad_w2, grad_h, grad_w1

# %% skip_gate_via_w2 mistake="w1-skips-gate" note="skip gate via w2"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.T @ grad_y_pred
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = grad_h_relu * (h > 0)
    grad_w1 = x.T @ (grad_y_pred @ w2.T)
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% w1_divided_by_n mistake="weight-gradients-averaged" note="w1 divided by n"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.T @ grad_y_pred
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = grad_h_relu * (h > 0)
    grad_w1 = x.T @ grad_h / len(x)
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% x_not_transposed_again mistake="x-not-transposed" outcome="crashed" note="x not transposed again"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.T @ grad_y_pred
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = grad_h_relu * (h > 0)
    grad_w1 = x @ grad_h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% decayed_w2 mistake="weight-decay" note="an L2 penalty, as in another course"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.T @ grad_y_pred + 2 * 0.1 * w2
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = grad_h_relu * (h > 0)
    grad_w1 = x.T @ grad_h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% last_example_left_out mistake="sum-incomplete" note="the loop ends one example too soon"
def backward(x, y, w2, h, h_relu, y_pred):
    g = 2 * (y_pred - y)
    gw2 = 0 * w2
    for i in range(len(x) - 1):
        gw2 = gw2 + h_relu[i][:, None] * g[i]
    gr = g @ w2.T
    gh = gr * (h > 0)
    return g, gw2, gr, gh, x.T @ gh

# %% only_last_example_counts mistake="sum-incomplete" note="= where += is meant: only the last example is left"
def backward(x, y, w2, h, h_relu, y_pred):
    g = 2 * (y_pred - y)
    gr = g @ w2.T
    gh = gr * (h > 0)
    for i in range(len(x)):
        gw1 = x[i][:, None] * gh[i]
    return g, h_relu.T @ g, gr, gh, gw1

# %% gated_before_it_arrives mistake="gate-too-early" note="the mask stands in the line of grad_h_relu; nothing is written into"
def backward(x, y, w2, h, h_relu, y_pred):
    g = 2 * (y_pred - y)
    gr = (g @ w2.T) * (h > 0)
    gh = gr
    return g, h_relu.T @ g, gr, gh, x.T @ gh

# %% mask_by_the_mean mistake="mask-not-per-entry" note="as if the mean were the threshold"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = grad_h_relu * (h > h.mean())
    return grad_y_pred, h_relu.T @ grad_y_pred, grad_h_relu, grad_h, x.T @ grad_h

# %% mask_of_the_first_row mistake="mask-not-per-entry" note="one mask for all examples"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = grad_h_relu * (h[0] > 0)
    return grad_y_pred, h_relu.T @ grad_y_pred, grad_h_relu, grad_h, x.T @ grad_h

# %% w2_turned_where_it_does_not_fit mistake="w2-not-transposed" note="tried as it is first, turned only where that fails"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.T @ grad_y_pred
    try:
        grad_h_relu = grad_y_pred @ w2
    except (ValueError, RuntimeError):
        grad_h_relu = grad_y_pred @ w2.T
    grad_h = grad_h_relu * (h > 0)
    grad_w1 = x.T @ grad_h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% gradients_turned_to_fit mistake="none" note="factors in the wrong order, and turned where the shape tells it"
def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = grad_y_pred.T @ h_relu
    if grad_w2.shape != w2.shape:
        grad_w2 = grad_w2.T
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = grad_h_relu * (h > 0)
    grad_w1 = x.T @ grad_h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1

# %% asserts_what_it_is_given note="checks that its arguments fit each other"
def backward(x, y, w2, h, h_relu, y_pred):
    assert abs(y_pred - h_relu @ w2).max() <= 1e-3 * abs(y_pred).max()
    grad_y_pred = 2 * (y_pred - y)
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = grad_h_relu * (h > 0)
    return grad_y_pred, h_relu.T @ grad_y_pred, grad_h_relu, grad_h, x.T @ grad_h
