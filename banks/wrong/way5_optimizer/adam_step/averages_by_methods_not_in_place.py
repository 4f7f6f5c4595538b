# mistake: state-reset
# note: mul and add without the underscore

def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    m = m.mul(beta1).add(grad, alpha=1 - beta1)
    v = v.mul(beta2).addcmul(grad, grad, value=1 - beta2)
    param.addcdiv_(m / (1 - beta1**t), (v / (1 - beta2**t)).sqrt() + eps, value=-lr)
