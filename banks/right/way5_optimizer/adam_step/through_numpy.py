# note: NumPy arrays that share the tensors' memory

def adam_step(param, grad, m, v, t, lr, beta1, beta2, eps):
    g = grad.numpy()
    m_array, v_array = m.numpy(), v.numpy()
    m_array[...] = beta1 * m_array + (1 - beta1) * g
    v_array[...] = beta2 * v_array + (1 - beta2) * np.square(g)
    m_hat = m_array / (1 - beta1**t)
    v_hat = v_array / (1 - beta2**t)
    param -= torch.from_numpy(lr * m_hat / (np.sqrt(v_hat) + eps))
