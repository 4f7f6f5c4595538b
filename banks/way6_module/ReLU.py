# %% attribute_of_ctx note="a plain attribute instead of save_for_backward"
class ReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.mask = (x >= 0).type(x.dtype)
        return ctx.mask * x

    @staticmethod
    def backward(ctx, grad_output):
        return ctx.mask * grad_output

# %% clone_and_index
class ReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        h_relu = x.clone()
        h_relu[x < 0] = 0.0
        return h_relu

    @staticmethod
    def backward(ctx, grad_output):
        x, = ctx.saved_tensors
        grad_x = torch.zeros_like(grad_output)
        grad_x[x > 0] = grad_output[x > 0]
        return grad_x

# %% heaviside
class ReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        slope = torch.heaviside(x, x.new_zeros(()))
        ctx.save_for_backward(slope)
        return slope * x

    @staticmethod
    def backward(ctx, grad):
        return ctx.saved_tensors[0].mul(grad)

# %% maximum_and_sign
class ReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        y = torch.maximum(x, x.new_zeros(()))
        ctx.save_for_backward(y)
        return y

    @staticmethod
    def backward(ctx, g):
        (y,) = ctx.saved_tensors
        return torch.sign(y) * g

# %% needs_input_grad
class ReLU(torch.autograd.Function):
    """Rectified linear unit."""

    @staticmethod
    def forward(ctx, input):
        ctx.save_for_backward(input)
        return (input + input.abs()) / 2

    @staticmethod
    def backward(ctx, grad_output):
        if not ctx.needs_input_grad[0]:
            return None
        input, = ctx.saved_tensors
        return grad_output * ~(input <= 0)

# %% no_staticmethod note="the decorator left out: torch calls the functions on the class all the same"
class ReLU(torch.autograd.Function):
    def forward(ctx, h):
        ctx.save_for_backward(h)
        return torch.clamp(h, min=0)

    def backward(ctx, grad_h_relu):
        h, = ctx.saved_tensors
        grad_h = grad_h_relu.clone()
        grad_h[h <= 0] = 0
        return grad_h

# %% once_differentiable
from torch.autograd import Function
from torch.autograd.function import once_differentiable


class ReLU(Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x > 0)
        return x.clamp_min(0)

    @staticmethod
    @once_differentiable
    def backward(ctx, grad_output):
        on, = ctx.saved_tensors
        grad_input = grad_output.clone()
        grad_input.mul_(on)
        return grad_input

# %% save_the_input
class ReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x.clamp(min=0)

    @staticmethod
    def backward(ctx, grad_output):
        (x,) = ctx.saved_tensors
        grad_x = grad_output.clone()
        grad_x[x < 0] = 0
        return grad_x

# %% save_the_mask
class ReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, h):
        mask = h > 0
        ctx.save_for_backward(mask)
        return h * mask

    @staticmethod
    def backward(ctx, grad_h_relu):
        mask = ctx.saved_tensors[0]
        return grad_h_relu * mask

# %% save_the_output note="after a ReLU, on means greater than zero"
class ReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        out = torch.relu(x)
        ctx.save_for_backward(out)
        return out

    @staticmethod
    def backward(ctx, grad_output):
        (out,) = ctx.saved_tensors
        return grad_output * (out > 0).to(grad_output.dtype)

# %% setup_context note="the newer form: forward without ctx"
class ReLU(torch.autograd.Function):
    @staticmethod
    def forward(x):
        return torch.nn.functional.relu(x)

    @staticmethod
    def setup_context(ctx, inputs, output):
        (x,) = inputs
        ctx.save_for_backward(x)

    @staticmethod
    def backward(ctx, grad_output):
        (x,) = ctx.saved_tensors
        return grad_output.masked_fill(x <= 0, 0)

# %% through_numpy note="NumPy inside, a mask on the context"
class ReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, h):
        array = h.detach().numpy()
        ctx.on = array > 0
        return torch.from_numpy(np.where(ctx.on, array, 0 * array))

    @staticmethod
    def backward(ctx, grad_h_relu):
        return grad_h_relu * torch.from_numpy(ctx.on)

# %% tuple_of_one note="one gradient in a tuple"
class ReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x.relu()

    @staticmethod
    def backward(ctx, *grads):
        (x,) = ctx.saved_tensors
        return (grads[0].masked_fill(x < 0, 0.0),)

# %% where
class ReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return torch.where(x > 0, x, torch.zeros_like(x))

    @staticmethod
    def backward(ctx, grad_output):
        x = ctx.saved_tensors[0]
        return torch.where(x > 0, grad_output, torch.zeros_like(grad_output))

# %% absolute mistake="absolute-value" note="flipped instead of silenced"
class ReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x.abs()

    @staticmethod
    def backward(ctx, grad_output):
        (x,) = ctx.saved_tensors
        return grad_output * (x > 0)

# %% mul_in_place mistake="alias-not-copy" note="mul_ with an underscore"
class ReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x > 0)
        return x.clamp(min=0)

    @staticmethod
    def backward(ctx, grad_output):
        (on,) = ctx.saved_tensors
        return grad_output.mul_(on)

# %% written_into_grad_output mistake="alias-not-copy" note="right numbers; the gradient that was handed in is changed"
class ReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x.clamp(min=0)

    @staticmethod
    def backward(ctx, grad_output):
        (x,) = ctx.saved_tensors
        grad_x = grad_output
        grad_x[x < 0] = 0
        return grad_x

# %% autograd_inside mistake="autograd-used" outcome="refused" note="autograd computes the backward pass"
class ReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, h):
        ctx.save_for_backward(h)
        return h.clamp(min=0)

    @staticmethod
    def backward(ctx, grad_h_relu):
        (h,) = ctx.saved_tensors
        with torch.enable_grad():
            a = h.detach().requires_grad_()
            return torch.autograd.grad(torch.relu(a), a, grad_h_relu)[0]

# %% float_inside mistake="dtype-changed" note="a conversion that worked in another lesson"
class ReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, h):
        h = h.float()
        ctx.save_for_backward(h)
        return h.clamp(min=0)

    @staticmethod
    def backward(ctx, grad_h_relu):
        (h,) = ctx.saved_tensors
        return grad_h_relu * (h > 0)

# %% x_from_nowhere mistake="global-not-argument" note="backward reads the notebook's x"
class ReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, h):
        return h.clamp(min=0)

    @staticmethod
    def backward(ctx, grad_output):
        grad_h = grad_output.clone()
        grad_h[(x[: len(grad_h), : grad_h.shape[1]] > 0).logical_not()] = 0
        return grad_h

# %% shape_transposed mistake="gradient-transposed" outcome="crashed" note="transposed on the way back"
class ReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x.clamp(min=0)

    @staticmethod
    def backward(ctx, grad_output):
        (x,) = ctx.saved_tensors
        return (grad_output * (x > 0)).t()

# %% clamp_in_place mistake="h-overwritten" note="clamp_ with an underscore"
class ReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        out = x.clamp_(min=0).clone()
        ctx.save_for_backward(out)
        return out

    @staticmethod
    def backward(ctx, grad_output):
        (out,) = ctx.saved_tensors
        return grad_output * (out > 0)

# %% input_overwritten mistake="h-overwritten" note="forward writes into its input"
class ReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x > 0)
        x[x < 0] = 0
        return x.clone()

    @staticmethod
    def backward(ctx, grad_output):
        (on,) = ctx.saved_tensors
        return grad_output * on

# %% leaky mistake="leaky-relu" note="slope 0.01 below zero, forward and backward"
class ReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return torch.where(x > 0, x, 0.01 * x)

    @staticmethod
    def backward(ctx, grad_output):
        (x,) = ctx.saved_tensors
        return torch.where(x > 0, grad_output, 0.01 * grad_output)

# %% leaky_on_the_way_back mistake="leaky-relu" note="right forward, a small slope below zero on the way back"
class ReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, h):
        ctx.save_for_backward(h)
        return h.clamp(min=0)

    @staticmethod
    def backward(ctx, grad_h_relu):
        (h,) = ctx.saved_tensors
        return torch.where(h > 0, grad_h_relu, 0.01 * grad_h_relu)

# %% own_sign mistake="mask-from-gradient-sign" note="the original's slip"
class ReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x.clamp(min=0)

    @staticmethod
    def backward(ctx, grad_output):
        grad_x = grad_output.clone()
        grad_x[grad_x < 0] = 0
        return grad_x

# %% own_sign_clamp mistake="mask-from-gradient-sign" note="backward does what forward does"
class ReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        return x.clamp(min=0)

    @staticmethod
    def backward(ctx, grad_output):
        return grad_output.clamp(min=0)

# %% own_sign_where mistake="mask-from-gradient-sign" note="the same with where"
class ReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return torch.relu(x)

    @staticmethod
    def backward(ctx, grad_output):
        (x,) = ctx.saved_tensors
        return torch.where(grad_output > 0, grad_output, torch.zeros_like(x))

# %% mask_from_output_below_zero mistake="mask-from-relu-output" note="the output is never below zero"
class ReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        out = x.clamp(min=0)
        ctx.save_for_backward(out)
        return out

    @staticmethod
    def backward(ctx, grad_output):
        (out,) = ctx.saved_tensors
        grad_x = grad_output.clone()
        grad_x[out < 0] = 0
        return grad_x

# %% mask_other_way_round mistake="mask-inverted" note="x > 0 is set to zero"
class ReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x.clamp(min=0)

    @staticmethod
    def backward(ctx, grad_output):
        (x,) = ctx.saved_tensors
        grad_x = grad_output.clone()
        grad_x[x > 0] = 0
        return grad_x

# %% mask_product_inverted mistake="mask-inverted" note="times (x < 0)"
class ReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.off = x < 0
        return torch.relu(x)

    @staticmethod
    def backward(ctx, grad_output):
        return grad_output * ctx.off

# %% ctx_missing_in_backward mistake="missing-ctx" outcome="crashed" note="backward(grad_output)"
class ReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x.clamp(min=0)

    @staticmethod
    def backward(grad_output):
        return grad_output.clone()

# %% ctx_missing_in_forward mistake="missing-ctx" outcome="crashed" note="forward(x), as in nn.Module"
class ReLU(torch.autograd.Function):
    @staticmethod
    def forward(x):
        return x.clamp(min=0)

    @staticmethod
    def backward(ctx, grad_output):
        (x,) = ctx.saved_tensors
        return grad_output * (x > 0)

# %% self_and_ctx mistake="missing-ctx" outcome="crashed" note="self in front of ctx"
class ReLU(torch.autograd.Function):
    @staticmethod
    def forward(self, ctx, x):
        ctx.save_for_backward(x)
        return x.clamp(min=0)

    @staticmethod
    def backward(self, ctx, grad_output):
        (x,) = ctx.saved_tensors
        return grad_output * (x > 0)

# %% a_module mistake="module-not-function" note="a layer in place of a Function"
class ReLU(torch.nn.Module):
    def forward(self, x):
        return x.clamp(min=0)

    def backward(self, grad_output):
        return grad_output

# %% flattened_by_view mistake="needs-contiguous" note="view does not work on a transposed tensor"
class ReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, h):
        flat = h.view(-1).clamp(min=0)
        ctx.save_for_backward(h)
        return flat.view(h.shape)

    @staticmethod
    def backward(ctx, grad_h_relu):
        (h,) = ctx.saved_tensors
        return grad_h_relu * (h > 0)

# %% no_backward mistake="no-backward" outcome="crashed" note="only forward; torch raises NotImplementedError itself"
class ReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x.clamp(min=0)

# %% handed_through mistake="no-mask" note="the gradient as it came"
class ReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x.clamp(min=0)

    @staticmethod
    def backward(ctx, grad_output):
        return grad_output

# %% mask_thrown_away mistake="no-mask" note="masked_fill without underscore, result not kept"
class ReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x.clamp(min=0)

    @staticmethod
    def backward(ctx, grad_output):
        (x,) = ctx.saved_tensors
        grad_x = grad_output.clone()
        grad_x.masked_fill(x < 0, 0)
        return grad_x

# %% forward_hands_through mistake="no-relu" note="forward returns its input"
class ReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x.clone()

    @staticmethod
    def backward(ctx, grad_output):
        (x,) = ctx.saved_tensors
        return grad_output * (x > 0)

# %% gate_at_one mistake="none" note="greater than 1 instead of 0"
class ReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, h):
        ctx.save_for_backward(h)
        return h.clamp(min=0)

    @staticmethod
    def backward(ctx, grad_h_relu):
        (h,) = ctx.saved_tensors
        return grad_h_relu * (h > 1)

# %% gradient_summed mistake="none" outcome="crashed" note="one number for all entries"
class ReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x.clamp(min=0)

    @staticmethod
    def backward(ctx, grad_output):
        (x,) = ctx.saved_tensors
        return (grad_output * (x > 0)).sum(dim=0)

# %% untouched mistake="none" outcome="not_attempted" note="the blank as it was handed out"
class ReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        raise NotImplementedError()

    @staticmethod
    def backward(ctx, grad_output):
        raise NotImplementedError()

# %% attribute_never_set mistake="nothing-saved" outcome="crashed" note="ctx.x was never set"
class ReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        return torch.relu(x)

    @staticmethod
    def backward(ctx, grad_output):
        return grad_output * (ctx.x > 0)

# %% first_of_nothing mistake="nothing-saved" outcome="crashed" note="the first of an empty tuple"
class ReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        return torch.relu(x)

    @staticmethod
    def backward(ctx, grad_output):
        x = ctx.saved_tensors[0]
        return torch.where(x > 0, grad_output, torch.zeros_like(grad_output))

# %% read_without_saving mistake="nothing-saved" outcome="crashed" note="an attribute that nobody set"
class ReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, h):
        return h.clamp(min=0)

    @staticmethod
    def backward(ctx, grad_h_relu):
        h = ctx.h
        return grad_h_relu * (h > 0)

# %% save_forgotten mistake="nothing-saved" outcome="crashed" note="saved_tensors is empty"
class ReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        return x.clamp(min=0)

    @staticmethod
    def backward(ctx, grad_output):
        (x,) = ctx.saved_tensors
        grad_x = grad_output.clone()
        grad_x[x < 0] = 0
        return grad_x

# %% sigmoid mistake="other-activation" note="the function of the example in the manual"
class ReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, h):
        out = torch.sigmoid(h)
        ctx.save_for_backward(out)
        return out

    @staticmethod
    def backward(ctx, grad_output):
        (out,) = ctx.saved_tensors
        return grad_output * out * (1 - out)

# %% capped_at_twenty mistake="relu-capped" note="clamp on both sides"
class ReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, h):
        ctx.save_for_backward(h)
        return h.clamp(0, 20)

    @staticmethod
    def backward(ctx, grad_h_relu):
        (h,) = ctx.saved_tensors
        return grad_h_relu * (h > 0)

# %% capped_at_hundred mistake="relu-capped" note="a ceiling that only the notebook's own values reach"
class ReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, h):
        ctx.save_for_backward(h)
        return h.clamp(0, 100)

    @staticmethod
    def backward(ctx, grad_h_relu):
        (h,) = ctx.saved_tensors
        return grad_h_relu * (h > 0)

# %% mask_capped_at_hundred mistake="relu-capped" note="the same on the way back"
class ReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, h):
        ctx.save_for_backward(h)
        return h.clamp(min=0)

    @staticmethod
    def backward(ctx, grad_h_relu):
        (h,) = ctx.saved_tensors
        return grad_h_relu * ((h > 0) & (h < 100))

# %% room_for_float64_only mistake="dtype-changed" outcome="crashed" note="`out` of a dtype that is written in: float32 does not fit"
class ReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, h):
        ctx.save_for_backward(h)
        h_relu = torch.empty(h.shape, dtype=torch.float64)
        torch.clamp(h, min=0, out=h_relu)
        return h_relu

    @staticmethod
    def backward(ctx, grad_h_relu):
        (h,) = ctx.saved_tensors
        return grad_h_relu * (h > 0)

# %% forward_is_mask mistake="relu-is-mask" note="the gate as output"
class ReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        on = (x > 0).to(x.dtype)
        ctx.save_for_backward(on)
        return on

    @staticmethod
    def backward(ctx, grad_output):
        (on,) = ctx.saved_tensors
        return grad_output * on

# %% forward_keeps_negatives mistake="relu-wrong-side" note="clamp(max=0)"
class ReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x.clamp(max=0)

    @staticmethod
    def backward(ctx, grad_output):
        (x,) = ctx.saved_tensors
        return grad_output * (x > 0)

# %% backward_without_return mistake="returns-none" note="computed and forgotten: no gradient arrives"
class ReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x.clamp(min=0)

    @staticmethod
    def backward(ctx, grad_output):
        (x,) = ctx.saved_tensors
        grad_x = grad_output.clone()
        grad_x[x < 0] = 0

# %% forward_without_return mistake="returns-none" note="forward computes and forgets"
class ReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        h_relu = x.clamp(min=0)

    @staticmethod
    def backward(ctx, grad_output):
        (x,) = ctx.saved_tensors
        return grad_output * (x > 0)

# %% saved_tensor_without_s mistake="saved-name-misspelt" outcome="crashed" note="the name it is read by is misspelt"
class ReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, h):
        ctx.save_for_backward(h)
        return h.clamp(min=0)

    @staticmethod
    def backward(ctx, grad_h_relu):
        (h,) = ctx.saved_tensor
        return grad_h_relu * (h > 0)

# %% saved_under_another_name mistake="saved-name-misspelt" outcome="crashed" note="saved as an attribute, read from saved_tensors"
class ReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, h):
        ctx.h = h
        return h.clamp(min=0)

    @staticmethod
    def backward(ctx, grad_h_relu):
        (h,) = ctx.saved_tensors
        return grad_h_relu * (h > 0)

# %% tuple_not_unpacked mistake="saved-tensors-tuple" outcome="crashed" note="a tuple of one tensor is still a tuple"
class ReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, h):
        ctx.save_for_backward(h)
        return h.clamp(min=0)

    @staticmethod
    def backward(ctx, grad_h_relu):
        h = ctx.saved_tensors
        return grad_h_relu * (h > 0)

# %% minus_sign mistake="sign-flipped" note="a minus in the backward pass"
class ReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x.clamp(min=0)

    @staticmethod
    def backward(ctx, grad_output):
        (x,) = ctx.saved_tensors
        return -grad_output * (x > 0)

# %% times_input mistake="times-activation" note="times x itself"
class ReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return torch.relu(x)

    @staticmethod
    def backward(ctx, grad_output):
        (x,) = ctx.saved_tensors
        return grad_output * x

# %% times_output mistake="times-activation" note="times the output instead of its slope"
class ReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        out = x.clamp(min=0)
        ctx.save_for_backward(out)
        return out

    @staticmethod
    def backward(ctx, grad_output):
        (out,) = ctx.saved_tensors
        return grad_output * out

# %% times_relu_of_input mistake="times-activation" note="relu(x) for the mask"
class ReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return torch.relu(x)

    @staticmethod
    def backward(ctx, grad_output):
        (x,) = ctx.saved_tensors
        return grad_output * torch.relu(x)

# %% ones_and_zeros mistake="upstream-gradient-ignored" note="the same by indexing"
class ReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return torch.relu(x)

    @staticmethod
    def backward(ctx, grad_output):
        (x,) = ctx.saved_tensors
        grad_x = torch.ones_like(x)
        grad_x[x < 0] = 0
        return grad_x

# %% only_the_mask mistake="upstream-gradient-ignored" note="the slope alone; what comes from behind is not used"
class ReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x.clamp(min=0)

    @staticmethod
    def backward(ctx, grad_output):
        (x,) = ctx.saved_tensors
        return (x > 0).to(x.dtype)

# %% empty_tuple mistake="wrong-number-of-gradients" outcome="crashed" note="nothing in the tuple"
class ReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x.clamp(min=0)

    @staticmethod
    def backward(ctx, grad_output):
        (x,) = ctx.saved_tensors
        grad_x = grad_output * (x > 0)
        return ()

# %% none_first mistake="wrong-number-of-gradients" outcome="crashed" note="None for ctx, then the gradient"
class ReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x.clamp(min=0)

    @staticmethod
    def backward(ctx, grad_output):
        (x,) = ctx.saved_tensors
        return None, grad_output * (x > 0)

# %% two_gradients mistake="wrong-number-of-gradients" outcome="crashed" note="a gradient for ctx as well"
class ReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x.clamp(min=0)

    @staticmethod
    def backward(ctx, grad_output):
        (x,) = ctx.saved_tensors
        return grad_output * (x > 0), grad_output

# %% leaky_quarter mistake="leaky-relu or none" note="another activation on the way there"
class ReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, h):
        ctx.save_for_backward(h)
        return torch.where(h > 0, h, 0.25 * h)

    @staticmethod
    def backward(ctx, g):
        (h,) = ctx.saved_tensors
        return g * (h > 0)

# %% mask_capped mistake="relu-capped" note="another activation on the way back"
class ReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, h):
        ctx.save_for_backward(h)
        return h.clamp(min=0)

    @staticmethod
    def backward(ctx, g):
        (h,) = ctx.saved_tensors
        return g * ((h > 0) & (h < 20))

# %% kept_on_the_class mistake="kept-outside-context" note="an attribute of the class: right as long as one layer uses it"
class ReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, h):
        ReLU.saved = h; return h.clamp(min=0)
    @staticmethod
    def backward(ctx, g):
        return g * (ReLU.saved > 0)


# %% marked_dirty mistake="h-overwritten" outcome="crashed" note="saves memory as torch's own relu_ does"
class ReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, h):
        h.clamp_(min=0)
        ctx.mark_dirty(h)
        ctx.save_for_backward(h)
        return h

    @staticmethod
    def backward(ctx, grad_h_relu):
        (h,) = ctx.saved_tensors
        return grad_h_relu * (h > 0)

# %% entry_by_entry_of_a_matrix mistake="none" outcome="crashed" note="knows two axes only"
class ReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, h):
        ctx.save_for_backward(h)
        n, d = h.shape
        h_relu = torch.zeros_like(h)
        for i in range(n):
            for j in range(d):
                h_relu[i, j] = max(h[i, j], 0)
        return h_relu

    @staticmethod
    def backward(ctx, grad_h_relu):
        (h,) = ctx.saved_tensors
        return grad_h_relu * (h > 0)

# %% gradient_limited mistake="none" note="no gradient beyond ten"
class ReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, h):
        ctx.save_for_backward(h)
        return h.clamp(min=0)

    @staticmethod
    def backward(ctx, grad_h_relu):
        (h,) = ctx.saved_tensors
        return (grad_h_relu * (h > 0)).clamp(-10, 10)

# %% axes_squeezed mistake="axis-squeezed" note="loses axes of length 1"
class ReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, h):
        ctx.save_for_backward(h)
        return h.squeeze().clamp(min=0)

    @staticmethod
    def backward(ctx, grad_h_relu):
        (h,) = ctx.saved_tensors
        return grad_h_relu.reshape(h.shape) * (h > 0)

# %% nearly_zero_is_off mistake="other-activation or none" note="what is nearly zero counts as zero"
class ReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, h):
        ctx.save_for_backward(h)
        return torch.where(h > 1e-3, h, 0)

    @staticmethod
    def backward(ctx, grad_h_relu):
        (h,) = ctx.saved_tensors
        return grad_h_relu * (h > 0)

# %% gate_by_the_sum_of_a_row mistake="mask-not-per-entry" note="one gate for a row"
class ReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, h):
        ctx.on = h.sum(dim=-1, keepdim=True) > 0
        return h.clamp(min=0)

    @staticmethod
    def backward(ctx, grad_h_relu):
        return torch.where(ctx.on, grad_h_relu, torch.zeros_like(grad_h_relu))

# %% on_for_any_row mistake="mask-not-per-entry" note="all rows of a unit together"
class ReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, h):
        ctx.save_for_backward(h)
        return torch.relu(h)

    @staticmethod
    def backward(ctx, grad_h_relu):
        (h,) = ctx.saved_tensors
        dead = (h <= 0).all(dim=0)
        # a dead unit learns nothing
        return grad_h_relu.masked_fill(dead, 0.0)

# %% ceiling_at_a_million mistake="relu-capped or none" note="meant as infinity"
class ReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, h):
        ctx.save_for_backward(h)
        return h.clamp(0, 1e6)

    @staticmethod
    def backward(ctx, grad_h_relu):
        (h,) = ctx.saved_tensors
        return grad_h_relu * (h > 0)

# %% gt_of_saved mistake="saved-tensors-tuple" outcome="crashed" note="torch.gt of the tuple"
class ReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, h):
        ctx.save_for_backward(h)
        return h.clamp(min=0)

    @staticmethod
    def backward(ctx, grad_h_relu):
        h = ctx.saved_tensors
        return grad_h_relu * torch.gt(h, 0)
