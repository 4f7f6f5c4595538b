# %% as_in_the_paper
def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m[...] = beta1 * m + (1 - beta1) * grad
    v[...] = beta2 * v + (1 - beta2) * grad**2
    m_hat = m / (1 - beta1**t)
    v_hat = v / (1 - beta2**t)
    param -= lr * m_hat / (torch.sqrt(v_hat) + eps)

# %% augmented_assignment
def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m *= beta1
    m += (1 - beta1) * grad
    v *= beta2
    v += (1 - beta2) * grad * grad
    step = (m / (1 - beta1**t)) / ((v / (1 - beta2**t)) ** 0.5 + eps)
    param -= lr * step

# %% copy_back
def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    new_m = beta1 * m + (1 - beta1) * grad
    new_v = beta2 * v + (1 - beta2) * grad.pow(2)
    m.copy_(new_m)
    v.copy_(new_v)
    bias1, bias2 = 1 - beta1**t, 1 - beta2**t
    param.copy_(param - lr * (new_m / bias1) / (torch.sqrt(new_v / bias2) + eps))

# %% corrections_gathered_in_the_step_size note="the same formula multiplied through; eps is scaled along"
import math


def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m.mul_(beta1).add_((1 - beta1) * grad)
    v.mul_(beta2).add_((1 - beta2) * grad * grad)
    root = math.sqrt(1 - math.pow(beta2, t))
    step_size = lr * root / (1 - math.pow(beta1, t))
    param -= step_size * m / (v.sqrt() + eps * root)

# %% data_and_slices
def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m[:] = m * beta1 + grad * (1.0 - beta1)
    v[:] = v * beta2 + grad * grad * (1.0 - beta2)
    param.data -= (m.data / (1 - beta1**t)) / (v.data / (1 - beta2**t)).sqrt().add(eps) * lr

# %% in_place_methods
def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m.mul_(beta1).add_(grad, alpha=1 - beta1)
    v.mul_(beta2).addcmul_(grad, grad, value=1 - beta2)
    denominator = (v / (1 - beta2**t)).sqrt_().add_(eps)
    param.addcdiv_(m, denominator, value=-lr / (1 - beta1**t))

# %% lerp
def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m.lerp_(grad, 1 - beta1)
    v.lerp_(grad.square(), 1 - beta2)
    param.sub_(lr * (m / (1 - beta1**t)) / ((v / (1 - beta2**t)).sqrt() + eps))

# %% no_grad_decorator
@torch.no_grad()
def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    """One step."""
    torch.Tensor.mul_(m, beta1)
    m.add_(grad * (1 - beta1))
    v.mul_(beta2)
    v.add_(grad.abs().pow(2) * (1 - beta2))
    param.sub_(m.div(1 - beta1**t).div(v.div(1 - beta2**t).sqrt().add(eps)).mul(lr))

# %% out_arguments
def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    torch.add(beta1 * m, grad, alpha=1 - beta1, out=m)
    torch.add(beta2 * v, torch.mul(grad, grad), alpha=1 - beta2, out=v)
    step = torch.div(m / (1 - beta1**t), torch.sqrt(v / (1 - beta2**t)) + eps)
    torch.sub(param, step, alpha=lr, out=param)

# %% powers_by_a_loop
def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    power1 = power2 = 1.0
    for _ in range(t):
        power1 *= beta1
        power2 *= beta2
    m.sub_((1 - beta1) * (m - grad))
    v.sub_((1 - beta2) * (v - grad**2))
    m_hat, v_hat = m / (1 - power1), v / (1 - power2)
    param -= lr * m_hat / (v_hat.sqrt() + eps)
    return None

# %% returns_param_too note="hands back what it changed; nobody has to use it"
def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m.copy_(torch.lerp(m, grad, 1 - beta1))
    v.copy_(torch.lerp(v, grad * grad, 1 - beta2))
    m_hat = m.clone()
    v_hat = v.clone()
    m_hat /= 1 - beta1**t
    v_hat /= 1 - beta2**t
    param -= lr * m_hat / (v_hat.sqrt() + eps)
    return param, m, v

# %% rsqrt_free_form
def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m.mul_(beta1).add_((1 - beta1) * grad)
    v.mul_(beta2).add_((1 - beta2) * grad * grad)
    correction1 = 1 - beta1 ** int(t)
    correction2 = 1 - beta2 ** int(t)
    denominator = torch.sqrt(v) / correction2**0.5 + eps
    param.add_(m / denominator, alpha=-lr / correction1)

# %% running_difference note="m moves a fraction of the way towards grad"
def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m += (1 - beta1) * (grad - m)
    v += (1 - beta2) * (grad * grad - v)
    param += -lr * m / (1 - beta1**t) / (eps + torch.sqrt(v / (1 - beta2**t)))

# %% set_data note="the caller's tensors get other numbers by .data"
def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m.data = beta1 * m + (1 - beta1) * grad
    v.data = beta2 * v + (1 - beta2) * grad**2
    param.data = param - lr * (m / (1 - beta1**t)) / ((v / (1 - beta2**t)) ** 0.5 + eps)

# %% through_numpy note="NumPy arrays that share the tensors' memory"
def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    g = grad.numpy()
    m_array, v_array = m.numpy(), v.numpy()
    m_array[...] = beta1 * m_array + (1 - beta1) * g
    v_array[...] = beta2 * v_array + (1 - beta2) * np.square(g)
    m_hat = m_array / (1 - beta1**t)
    v_hat = v_array / (1 - beta2**t)
    param -= torch.from_numpy(lr * m_hat / (np.sqrt(v_hat) + eps))

# %% autograd_for_the_gradient mistake="autograd-used" outcome="refused" note="a loss whose gradient is grad, so that backward can be called"
def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    p = param.detach().clone().requires_grad_()
    (p * grad).sum().backward()
    m[...] = beta1 * m + (1 - beta1) * p.grad
    v[...] = beta2 * v + (1 - beta2) * p.grad**2
    m_hat = m / (1 - beta1**t)
    v_hat = v / (1 - beta2**t)
    param -= lr * m_hat / (torch.sqrt(v_hat) + eps)

# %% autograd_grad_for_the_square mistake="autograd-used" outcome="refused" note="torch.autograd.grad in the middle of the formula"
def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    p = param.clone().requires_grad_(True)
    g = torch.autograd.grad((p * grad).sum(), p)[0]
    m.mul_(beta1).add_(g, alpha=1 - beta1)
    v.mul_(beta2).addcmul_(g, g, value=1 - beta2)
    param.addcdiv_(m / (1 - beta1**t), (v / (1 - beta2**t)).sqrt() + eps, value=-lr)

# %% betas_swapped mistake="betas-swapped" note="beta2 for m and beta1 for v, everywhere"
def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m[...] = beta2 * m + (1 - beta2) * grad
    v[...] = beta1 * v + (1 - beta1) * grad**2
    m_hat = m / (1 - beta2**t)
    v_hat = v / (1 - beta1**t)
    param -= lr * m_hat / (torch.sqrt(v_hat) + eps)

# %% caret_for_power mistake="caret-not-power" outcome="crashed" note="^ is not a power in Python"
def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m[...] = beta1 * m + (1 - beta1) * grad
    v[...] = beta2 * v + (1 - beta2) * grad**2
    m_hat = m / (1 - beta1 ^ t)
    v_hat = v / (1 - beta2 ^ t)
    param -= lr * m_hat / (torch.sqrt(v_hat) + eps)

# %% constants_written_in mistake="constants-fixed" note="0.9, 0.999 and 1e-8, whatever was asked"
def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m[...] = 0.9 * m + 0.1 * grad
    v[...] = 0.999 * v + 0.001 * grad**2
    m_hat = m / (1 - 0.9**t)
    v_hat = v / (1 - 0.999**t)
    param -= lr * m_hat / (torch.sqrt(v_hat) + 1e-8)

# %% eps_written_in mistake="constants-fixed" note="1e-8 in the formula"
def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m.mul_(beta1).add_((1 - beta1) * grad)
    v.mul_(beta2).add_((1 - beta2) * grad * grad)
    param -= lr * (m / (1 - beta1**t)) / ((v / (1 - beta2**t)).sqrt() + 1e-8)

# %% corrected_in_place mistake="corrected-in-place" note="the correction is kept in m and v; the next step starts from too large averages"
def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m.mul_(beta1).add_(grad, alpha=1 - beta1)
    v.mul_(beta2).addcmul_(grad, grad, value=1 - beta2)
    m /= 1 - beta1**t
    v /= 1 - beta2**t
    param -= lr * m / (v.sqrt() + eps)

# %% corrected_into_a_second_name mistake="corrected-in-place" note="m_hat = m is a second name, not a copy"
def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m.mul_(beta1).add_(grad, alpha=1 - beta1)
    v.mul_(beta2).addcmul_(grad, grad, value=1 - beta2)
    m_hat, v_hat = m, v
    m_hat /= 1 - beta1**t
    v_hat /= 1 - beta2**t
    param -= lr * m_hat / (torch.sqrt(v_hat) + eps)

# %% root_before_correction mistake="correction-outside-root" note="the root is taken of v, the correction comes afterwards"
def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m.mul_(beta1).add_((1 - beta1) * grad)
    v.mul_(beta2).add_((1 - beta2) * grad * grad)
    root = v.sqrt() / (1 - beta2**t)
    param -= lr * m / (1 - beta1**t) / (root + eps)

# %% correction_multiplied mistake="correction-upside-down" note="times instead of divided by"
def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m.mul_(beta1).add_((1 - beta1) * grad)
    v.mul_(beta2).add_((1 - beta2) * grad * grad)
    m_hat = m * (1 - beta1**t)
    v_hat = v * (1 - beta2**t)
    param -= lr * m_hat / (v_hat.sqrt() + eps)

# %% correction_without_power mistake="correction-without-power" note="1 - beta at every step, right at t = 1 only"
def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m[...] = beta1 * m + (1 - beta1) * grad
    v[...] = beta2 * v + (1 - beta2) * grad**2
    m_hat = m / (1 - beta1)
    v_hat = v / (1 - beta2)
    param -= lr * m_hat / (torch.sqrt(v_hat) + eps)

# %% corrections_swapped mistake="corrections-swapped" note="each average is divided by the other one's correction"
def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m[...] = beta1 * m + (1 - beta1) * grad
    v[...] = beta2 * v + (1 - beta2) * grad**2
    m_hat = m / (1 - beta2**t)
    v_hat = v / (1 - beta1**t)
    param -= lr * m_hat / (torch.sqrt(v_hat) + eps)

# %% both_decays_not_complemented mistake="decay-not-complemented" note="grad comes in with full weight, in both"
def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m[...] = beta1 * m + grad
    v[...] = beta2 * v + grad**2
    m_hat = m / (1 - beta1**t)
    v_hat = v / (1 - beta2**t)
    param -= lr * m_hat / (torch.sqrt(v_hat) + eps)

# %% both_decays_not_complemented_in_place mistake="decay-not-complemented" note="the same with methods"
def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m.mul_(beta1).add_(grad)
    v.mul_(beta2).addcmul_(grad, grad)
    param.addcdiv_(m / (1 - beta1**t), (v / (1 - beta2**t)).sqrt() + eps, value=-lr)

# %% decay_not_complemented_in_m mistake="decay-not-complemented" note="momentum as SGD has it"
def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m[...] = beta1 * m + grad
    v[...] = beta2 * v + (1 - beta2) * grad**2
    param -= lr * (m / (1 - beta1**t)) / (torch.sqrt(v / (1 - beta2**t)) + eps)

# %% decay_not_complemented_in_v mistake="decay-not-complemented" note="only in v"
def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m[...] = beta1 * m + (1 - beta1) * grad
    v[...] = beta2 * v + grad**2
    param -= lr * (m / (1 - beta1**t)) / (torch.sqrt(v / (1 - beta2**t)) + eps)

# %% share_squared mistake="decay-squared" note="the square takes the share along"
def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m.mul_(beta1).add_((1 - beta1) * grad)
    v.mul_(beta2).add_(((1 - beta2) * grad) ** 2)
    param -= lr * m / (1 - beta1**t) / ((v / (1 - beta2**t)).sqrt() + eps)

# %% betas_on_the_wrong_term mistake="decay-swapped" note="beta for the new gradient"
def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m.copy_((1 - beta1) * m + beta1 * grad)
    v.copy_((1 - beta2) * v + beta2 * grad * grad)
    param -= lr * m / (1 - beta1**t) / ((v / (1 - beta2**t)).sqrt() + eps)

# %% betas_as_tensors mistake="dtype-changed" note="tensors made of the betas take the default dtype, and lose digits"
def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    b1, b2 = torch.tensor(beta1, dtype=torch.float32), torch.tensor(beta2, dtype=torch.float32)
    m.mul_(beta1).add_(grad, alpha=1 - beta1)
    v.mul_(beta2).addcmul_(grad, grad, value=1 - beta2)
    param -= lr * (m / (1 - b1**t)) / ((v / (1 - b2**t)).sqrt() + eps)

# %% eps_before_correction mistake="eps-before-correction" note="eps joins the root of v before the correction divides"
def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m.mul_(beta1).add_(grad, alpha=1 - beta1)
    v.mul_(beta2).addcmul_(grad, grad, value=1 - beta2)
    step_size = lr * (1 - beta2**t) ** 0.5 / (1 - beta1**t)
    param.addcdiv_(m, v.sqrt().add_(eps), value=-step_size)

# %% no_eps mistake="eps-forgotten" note="nothing added to the root"
def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m.mul_(beta1).add_(grad, alpha=1 - beta1)
    v.mul_(beta2).addcmul_(grad, grad, value=1 - beta2)
    param -= lr * (m / (1 - beta1**t)) / torch.sqrt(v / (1 - beta2**t))

# %% eps_inside_the_root mistake="eps-inside-root" note="sqrt(v_hat + eps)"
def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m.mul_(beta1).add_(grad, alpha=1 - beta1)
    v.mul_(beta2).addcmul_(grad, grad, value=1 - beta2)
    m_hat = m / (1 - beta1**t)
    v_hat = v / (1 - beta2**t)
    param -= lr * m_hat / torch.sqrt(v_hat + eps)

# %% parentheses_missing mistake="eps-outside-fraction" note="lr * m_hat / root + eps: the parentheses"
def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m[...] = beta1 * m + (1 - beta1) * grad
    v[...] = beta2 * v + (1 - beta2) * grad**2
    m_hat = m / (1 - beta1**t)
    v_hat = v / (1 - beta2**t)
    param -= lr * m_hat / torch.sqrt(v_hat) + eps

# %% grad_scaled_in_place mistake="grad-changed" note="grad *= (1 - beta1), and v then sees the small one"
def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    grad *= 1 - beta1
    m.mul_(beta1).add_(grad)
    v.mul_(beta2).addcmul_(grad, grad, value=1 - beta2)
    param -= lr * (m / (1 - beta1**t)) / (torch.sqrt(v / (1 - beta2**t)) + eps)

# %% grad_squared_in_place mistake="grad-changed" note="pow_ with an underscore, after m is done"
def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m.mul_(beta1).add_(grad, alpha=1 - beta1)
    v.mul_(beta2).add_(grad.pow_(2), alpha=1 - beta2)
    param -= lr * (m / (1 - beta1**t)) / (torch.sqrt(v / (1 - beta2**t)) + eps)

# %% grad_zeroed_at_the_end mistake="grad-changed" note="cleans up as zero_grad does"
def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m.lerp_(grad, 1 - beta1)
    v.lerp_(grad * grad, 1 - beta2)
    param -= lr * (m / (1 - beta1**t)) / (torch.sqrt(v / (1 - beta2**t)) + eps)
    grad.zero_()

# %% global_lr mistake="lr-ignored" note="1e-4 of the text"
def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m.mul_(beta1).add_(grad, alpha=1 - beta1)
    v.mul_(beta2).addcmul_(grad, grad, value=1 - beta2)
    param -= 1e-4 * (m / (1 - beta1**t)) / (torch.sqrt(v / (1 - beta2**t)) + eps)

# %% math_sqrt mistake="math-on-tensor" outcome="crashed" note="math.sqrt takes one number"
import math


def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m.mul_(beta1).add_((1 - beta1) * grad)
    v.mul_(beta2).add_((1 - beta2) * grad * grad)
    m_hat = m / (1 - beta1**t)
    v_hat = v / (1 - beta2**t)
    param -= lr * m_hat / (math.sqrt(v_hat) + eps)

# %% grad_for_m_hat mistake="momentum-not-used" note="m is kept and not used: grad itself in the step"
def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m[...] = beta1 * m + (1 - beta1) * grad
    v[...] = beta2 * v + (1 - beta2) * grad**2
    v_hat = v / (1 - beta2**t)
    param -= lr * grad / (torch.sqrt(v_hat) + eps)

# %% update_through_a_view mistake="needs-contiguous" note="view wants its numbers in one row in memory; reshape does not"
def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m.mul_(beta1).add_(grad, alpha=1 - beta1)
    v.mul_(beta2).addcmul_(grad, grad, value=1 - beta2)
    step = (m / (1 - beta1**t)) / ((v / (1 - beta2**t)).sqrt() + eps)
    param.view(-1).sub_(lr * step.reshape(-1))

# %% corrected_but_not_used mistake="no-bias-correction" note="m_hat and v_hat are computed, m and v are used"
def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m[...] = beta1 * m + (1 - beta1) * grad
    v[...] = beta2 * v + (1 - beta2) * grad**2
    m_hat = m / (1 - beta1**t)
    v_hat = v / (1 - beta2**t)
    param -= lr * m / (torch.sqrt(v) + eps)

# %% no_correction mistake="no-bias-correction" note="the averages as they are"
def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m.mul_(beta1).add_(grad, alpha=1 - beta1)
    v.mul_(beta2).addcmul_(grad, grad, value=1 - beta2)
    param -= lr * m / (v.sqrt() + eps)

# %% no_correction_addcdiv mistake="no-bias-correction" note="the same with addcdiv_"
def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m.lerp_(grad, 1 - beta1)
    v.lerp_(grad * grad, 1 - beta2)
    param.addcdiv_(m, v.sqrt() + eps, value=-lr)

# %% without_lr mistake="no-learning-rate" note="the step without lr"
def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m[...] = beta1 * m + (1 - beta1) * grad
    v[...] = beta2 * v + (1 - beta2) * grad**2
    m_hat = m / (1 - beta1**t)
    v_hat = v / (1 - beta2**t)
    param -= m_hat / (torch.sqrt(v_hat) + eps)

# %% no_root mistake="no-square-root" note="divided by v_hat itself"
def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m[...] = beta1 * m + (1 - beta1) * grad
    v[...] = beta2 * v + (1 - beta2) * grad**2
    m_hat = m / (1 - beta1**t)
    v_hat = v / (1 - beta2**t)
    param -= lr * m_hat / (v_hat + eps)

# %% no_root_addcdiv mistake="no-square-root" note="the same with addcdiv_"
def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m.mul_(beta1).add_(grad, alpha=1 - beta1)
    v.mul_(beta2).addcmul_(grad, grad, value=1 - beta2)
    param.addcdiv_(m / (1 - beta1**t), v / (1 - beta2**t) + eps, value=-lr)

# %% corrections_kept mistake="none" note="the corrections are kept, to save work, as if they were the same at every step"
corrections = {}


def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    if (beta1, beta2) not in corrections:
        corrections[beta1, beta2] = 1 - beta1**t, 1 - beta2**t
    c1, c2 = corrections[beta1, beta2]
    m.mul_(beta1).add_(grad, alpha=1 - beta1)
    v.mul_(beta2).addcmul_(grad, grad, value=1 - beta2)
    param -= lr * (m / c1) / ((v / c2).sqrt() + eps)

# %% double_written_in mistake="none" outcome="crashed" note="lerp with a float64 gradient; fails beside float32"
def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m.lerp_(grad.double(), 1 - beta1)
    v.lerp_(grad.double() ** 2, 1 - beta2)
    param -= lr * (m / (1 - beta1**t)) / ((v / (1 - beta2**t)).sqrt() + eps)

# %% loops_over_two_axes mistake="none" outcome="crashed" note="a bias has one axis only"
def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    for i in range(param.shape[0]):
        for j in range(param.shape[1]):
            m[i, j] = beta1 * m[i, j] + (1 - beta1) * grad[i, j]
            v[i, j] = beta2 * v[i, j] + (1 - beta2) * grad[i, j] ** 2
            m_hat = m[i, j] / (1 - beta1**t)
            v_hat = v[i, j] / (1 - beta2**t)
            param[i, j] -= lr * m_hat / (v_hat.sqrt() + eps)

# %% plain_descent mistake="none" note="gradient descent with the averages untouched"
def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    param -= lr * grad

# %% untouched mistake="none" outcome="not_attempted" note="the blank as it was handed out"
def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    raise NotImplementedError()

# %% only_m_corrected mistake="one-bias-uncorrected" note="v is not corrected"
def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m[...] = beta1 * m + (1 - beta1) * grad
    v[...] = beta2 * v + (1 - beta2) * grad**2
    m_hat = m / (1 - beta1**t)
    param -= lr * m_hat / (torch.sqrt(v) + eps)

# %% only_v_corrected mistake="one-bias-uncorrected" note="m is not corrected"
def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m[...] = beta1 * m + (1 - beta1) * grad
    v[...] = beta2 * v + (1 - beta2) * grad**2
    v_hat = v / (1 - beta2**t)
    param -= lr * m / (torch.sqrt(v_hat) + eps)

# %% v_hat_computed_not_used mistake="one-bias-uncorrected" note="v_hat is there, the root is taken of v"
def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m *= beta1
    m += (1 - beta1) * grad
    v *= beta2
    v += (1 - beta2) * grad * grad
    m_hat = m / (1 - beta1**t)
    v_hat = v / (1 - beta2**t)
    param.addcdiv_(m_hat, v.sqrt().add(eps), value=-lr)

# %% torch_optim_inside mistake="optimizer-not-by-hand" outcome="refused" note="torch.optim.Adam takes the step; m and v stay as they were"
def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    param.grad = grad
    torch.optim.Adam([param], lr=lr, betas=(beta1, beta2), eps=eps).step()
    param.grad = None

# %% product_for_power mistake="power-as-product" note="beta * t for beta ** t"
def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m[...] = beta1 * m + (1 - beta1) * grad
    v[...] = beta2 * v + (1 - beta2) * grad**2
    m_hat = m / (1 - beta1 * t)
    v_hat = v / (1 - beta2 * t)
    param -= lr * m_hat / (torch.sqrt(v_hat) + eps)

# %% power_of_one_minus_beta mistake="power-outside-parentheses" note="(1 - beta) ** t"
def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m.mul_(beta1).add_((1 - beta1) * grad)
    v.mul_(beta2).add_((1 - beta2) * grad * grad)
    m_hat = m / (1 - beta1) ** t
    v_hat = v / (1 - beta2) ** t
    param -= lr * m_hat / (v_hat.sqrt() + eps)

# %% root_in_place mistake="root-in-place" note="sqrt_ with an underscore: v keeps the root"
def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m.mul_(beta1).add_(grad, alpha=1 - beta1)
    v.mul_(beta2).addcmul_(grad, grad, value=1 - beta2)
    root = v.sqrt_() / (1 - beta2**t) ** 0.5
    param -= lr * (m / (1 - beta1**t)) / (root + eps)

# %% same_beta_twice mistake="same-beta-twice" note="copied the line of m for v and left beta1 standing"
def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m[...] = beta1 * m + (1 - beta1) * grad
    v[...] = beta1 * v + (1 - beta1) * grad**2
    m_hat = m / (1 - beta1**t)
    v_hat = v / (1 - beta1**t)
    param -= lr * m_hat / (torch.sqrt(v_hat) + eps)

# %% averages_by_methods_not_in_place mistake="state-reset" note="mul and add without the underscore"
def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m = m.mul(beta1).add(grad, alpha=1 - beta1)
    v = v.mul(beta2).addcmul(grad, grad, value=1 - beta2)
    param.addcdiv_(m / (1 - beta1**t), (v / (1 - beta2**t)).sqrt() + eps, value=-lr)

# %% averages_rebound mistake="state-reset" note="m = ... makes a local tensor, the caller's averages stay zero"
def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m = beta1 * m + (1 - beta1) * grad
    v = beta2 * v + (1 - beta2) * grad**2
    m_hat = m / (1 - beta1**t)
    v_hat = v / (1 - beta2**t)
    param -= lr * m_hat / (torch.sqrt(v_hat) + eps)

# %% averages_start_anew mistake="state-reset" note="zeros at each call, then written back"
def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m.zero_()
    v.zero_()
    m.add_(grad, alpha=1 - beta1)
    v.addcmul_(grad, grad, value=1 - beta2)
    param -= lr * (m / (1 - beta1**t)) / (torch.sqrt(v / (1 - beta2**t)) + eps)

# %% averages_without_past mistake="state-reset" note="the beta * m term is missing"
def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m[...] = (1 - beta1) * grad
    v[...] = (1 - beta2) * grad**2
    param -= lr * (m / (1 - beta1**t)) / (torch.sqrt(v / (1 - beta2**t)) + eps)

# %% only_v_rebound mistake="state-reset" note="m in place, v not"
def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m[...] = beta1 * m + (1 - beta1) * grad
    v = beta2 * v + (1 - beta2) * grad**2
    param -= lr * m / (1 - beta1**t) / ((v / (1 - beta2**t)).sqrt() + eps)

# %% t_from_two mistake="t-off-by-one" note="t + 1, for fear of a zero"
def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m.mul_(beta1).add_((1 - beta1) * grad)
    v.mul_(beta2).add_((1 - beta2) * grad * grad)
    m_hat = m / (1 - beta1 ** (t + 1))
    v_hat = v / (1 - beta2 ** (t + 1))
    param -= lr * m_hat / (v_hat.sqrt() + eps)

# %% t_from_zero mistake="t-off-by-one" outcome="crashed" note="t - 1: a division by zero at the first step"
def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    t = t - 1
    m.mul_(beta1).add_((1 - beta1) * grad)
    v.mul_(beta2).add_((1 - beta2) * grad * grad)
    scale = lr / (1 - beta1**t)
    param -= scale * m / ((v / (1 - beta2**t)).sqrt() + eps)

# %% t_from_zero_nan mistake="t-off-by-one" note="t - 1 in the exponent: infinite over infinite is NaN"
def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m.mul_(beta1).add_((1 - beta1) * grad)
    v.mul_(beta2).add_((1 - beta2) * grad * grad)
    m_hat = m / (1 - beta1 ** (t - 1))
    v_hat = v / (1 - beta2 ** (t - 1))
    param -= lr * m_hat / (v_hat.sqrt() + eps)

# %% t_incremented mistake="t-off-by-one" note="t += 1 as the first line, as in the paper"
def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    t += 1
    m.lerp_(grad, 1 - beta1)
    v.lerp_(grad * grad, 1 - beta2)
    param -= lr * (m / (1 - beta1**t)) / (torch.sqrt(v / (1 - beta2**t)) + eps)

# %% step_before_averages mistake="update-before-averages" note="param moves by the averages of the step before"
def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m_hat = m / (1 - beta1**t)
    v_hat = v / (1 - beta2**t)
    param -= lr * m_hat / (torch.sqrt(v_hat) + eps)
    m[...] = beta1 * m + (1 - beta1) * grad
    v[...] = beta2 * v + (1 - beta2) * grad**2

# %% plus_equals mistake="uphill" note="+="
def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m[...] = beta1 * m + (1 - beta1) * grad
    v[...] = beta2 * v + (1 - beta2) * grad**2
    m_hat = m / (1 - beta1**t)
    v_hat = v / (1 - beta2**t)
    param += lr * m_hat / (torch.sqrt(v_hat) + eps)

# %% v_from_m_addcmul mistake="v-from-m" note="the same with addcmul_"
def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m.lerp_(grad, 1 - beta1)
    v.mul_(beta2).addcmul_(m, m, value=1 - beta2)
    param.addcdiv_(m / (1 - beta1**t), (v / (1 - beta2**t)).sqrt() + eps, value=-lr)

# %% v_from_m_squared mistake="v-from-m" note="m ** 2 where grad ** 2 belongs"
def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m[...] = beta1 * m + (1 - beta1) * grad
    v[...] = beta2 * v + (1 - beta2) * m**2
    m_hat = m / (1 - beta1**t)
    v_hat = v / (1 - beta2**t)
    param -= lr * m_hat / (torch.sqrt(v_hat) + eps)

# %% absolute_for_square mistake="v-not-squared" note="absolute values"
def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m.mul_(beta1).add_((1 - beta1) * grad)
    v.mul_(beta2).add_((1 - beta2) * grad.abs())
    param -= lr * m / (1 - beta1**t) / ((v / (1 - beta2**t)).sqrt() + eps)

# %% grad_not_squared mistake="v-not-squared" note="v averages grad itself: roots of negative numbers"
def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m[...] = beta1 * m + (1 - beta1) * grad
    v[...] = beta2 * v + (1 - beta2) * grad
    m_hat = m / (1 - beta1**t)
    v_hat = v / (1 - beta2**t)
    param -= lr * m_hat / (torch.sqrt(v_hat) + eps)

# %% whole_gradient_in_one_number mistake="v-one-number" note="the squared norm of grad, one number for all entries"
def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m[...] = beta1 * m + (1 - beta1) * grad
    v[...] = beta2 * v + (1 - beta2) * (grad**2).sum()
    m_hat = m / (1 - beta1**t)
    v_hat = v / (1 - beta2**t)
    param -= lr * m_hat / (torch.sqrt(v_hat) + eps)

# %% everything_rebound mistake="weights-rebound" note="nothing is in place; three new tensors are returned"
def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m = beta1 * m + (1 - beta1) * grad
    v = beta2 * v + (1 - beta2) * grad**2
    param = param - lr * (m / (1 - beta1**t)) / (torch.sqrt(v / (1 - beta2**t)) + eps)
    return param, m, v

# %% new_param_returned mistake="weights-rebound" note="hands back a new tensor instead of changing the old one"
def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m.lerp_(grad, 1 - beta1)
    v.lerp_(grad * grad, 1 - beta2)
    return param - lr * (m / (1 - beta1**t)) / (torch.sqrt(v / (1 - beta2**t)) + eps)

# %% param_rebound mistake="weights-rebound" note="param = param - ...: the caller's tensor never moves"
def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m[...] = beta1 * m + (1 - beta1) * grad
    v[...] = beta2 * v + (1 - beta2) * grad**2
    m_hat = m / (1 - beta1**t)
    v_hat = v / (1 - beta2**t)
    param = param - lr * m_hat / (torch.sqrt(v_hat) + eps)

# %% looks_ahead mistake="nesterov-term" note="NAdam: the gradient comes in beside m"
def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m.mul_(beta1).add_(grad, alpha=1 - beta1)
    v.mul_(beta2).addcmul_(grad, grad, value=1 - beta2)
    ahead = (beta1 * m + (1 - beta1) * grad) / (1 - beta1**t)
    param -= lr * ahead / ((v / (1 - beta2**t)).sqrt() + eps)


# %% caret_of_t mistake="caret-not-power" outcome="crashed" note="mathematics' way to write a power"
def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m[:] = beta1 * m + (1 - beta1) * grad
    v[:] = beta2 * v + (1 - beta2) * grad ^ 2
    m_hat = m / (1 - beta1**t)
    v_hat = v / (1 - beta2**t)
    param -= lr * m_hat / (torch.sqrt(v_hat) + eps)

# %% penalty_in_the_gradient mistake="weight-decay" note="an L2 penalty, as Adam's option has it"
def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    g = grad + 0.01 * param
    m.mul_(beta1).add_((1 - beta1) * g)
    v.mul_(beta2).add_((1 - beta2) * g * g)
    param.sub_(lr * (m / (1 - beta1**t)) / ((v / (1 - beta2**t)).sqrt() + eps))

# %% decay_beside_the_step mistake="weight-decay" note="AdamW"
def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    param.mul_(1 - lr * 0.01)
    m.mul_(beta1).add_(grad, alpha=1 - beta1)
    v.mul_(beta2).addcmul_(grad, grad, value=1 - beta2)
    param.sub_(lr * (m / (1 - beta1**t)) / ((v / (1 - beta2**t)).sqrt() + eps))

# %% only_where_there_is_a_gradient mistake="none" note="an entry without a gradient stands still"
def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m.copy_(beta1 * m + (1 - beta1) * grad)
    v.copy_(beta2 * v + (1 - beta2) * grad**2)
    step = lr * (m / (1 - beta1**t)) / (torch.sqrt(v / (1 - beta2**t)) + eps)
    param -= torch.where(grad != 0, step, 0)

# %% nothing_to_do_without_a_gradient mistake="none" note="returns where the whole gradient is zero"
def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    if not grad.any():
        return
    m.copy_(beta1 * m + (1 - beta1) * grad)
    v.copy_(beta2 * v + (1 - beta2) * grad**2)
    param -= lr * (m / (1 - beta1**t)) / (torch.sqrt(v / (1 - beta2**t)) + eps)

# %% entry_by_entry_of_a_matrix mistake="none" outcome="crashed" note="knows one axis and two"
def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m.copy_(beta1 * m + (1 - beta1) * grad)
    v.copy_(beta2 * v + (1 - beta2) * grad**2)
    step = lr * (m / (1 - beta1**t)) / (torch.sqrt(v / (1 - beta2**t)) + eps)
    if param.dim() == 1:
        param -= step
    else:
        n, d = param.shape
        for i in range(n):
            for j in range(d):
                param[i, j] -= step[i, j]

# %% corrected_for_ten_steps mistake="none" note="later the correction is said not to matter"
def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m.copy_(beta1 * m + (1 - beta1) * grad)
    v.copy_(beta2 * v + (1 - beta2) * grad**2)
    m_hat, v_hat = m, v
    if t <= 10:  # later it does not matter
        m_hat = m / (1 - beta1**t)
        v_hat = v / (1 - beta2**t)
    param -= lr * m_hat / (v_hat.sqrt() + eps)

# %% one_correction_for_both mistake="corrections-swapped" note="that of m"
def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m.mul_(beta1).add_(grad, alpha=1 - beta1)
    v.mul_(beta2).add_(grad ** 2, alpha=1 - beta2)
    correction = 1 - beta1 ** t
    m_hat, v_hat = m / correction, v / correction
    param.sub_(lr * m_hat / (torch.sqrt(v_hat) + eps))

# %% exponent_one_less_but_not_zero mistake="t-off-by-one" note="patched for t = 1"
def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    k = max(t - 1, 1)
    m[...] = beta1 * m + (1 - beta1) * grad
    v[...] = beta2 * v + (1 - beta2) * grad * grad
    m_hat = m / (1 - beta1 ** k)
    v_hat = v / (1 - beta2 ** k)
    param[...] = param - lr * m_hat / (torch.sqrt(v_hat) + eps)

# %% zero_means_default mistake="constants-fixed" note="a beta of 0 becomes 0.9"
def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    lr = lr or 1e-3
    beta1 = beta1 or 0.9
    beta2 = beta2 or 0.999
    eps = eps or 1e-8
    m.mul_(beta1).add_(grad, alpha=1 - beta1)
    v.mul_(beta2).addcmul_(grad, grad, value=1 - beta2)
    m_hat = m / (1 - beta1 ** t)
    v_hat = v / (1 - beta2 ** t)
    param.sub_(lr * m_hat / (v_hat.sqrt() + eps))

# %% half_power mistake="no-square-root" note="v ** 1 / 2 is half of v"
def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m *= beta1
    m += (1 - beta1) * grad
    v *= beta2
    v += (1 - beta2) * grad**2
    m_hat = m / (1 - beta1**t)
    v_hat = v / (1 - beta2**t)
    param -= lr * m_hat / (v_hat ** 1 / 2 + eps)

# %% hypot_of_eps mistake="eps-inside-root" note="the squares of both under one root"
def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m.copy_(beta1 * m + (1 - beta1) * grad)
    v.copy_(beta2 * v + (1 - beta2) * grad.pow(2))
    m_hat = m / (1 - beta1**t)
    root = (v / (1 - beta2**t)).sqrt()
    param.sub_(lr * m_hat / torch.hypot(root, torch.full_like(root, eps)))
