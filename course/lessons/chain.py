"""A chain of layers in torch: what it computes, and how plain gradient descent trains it."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch

from course.lessons.inputs import KINK_WHILE_TRAINING, ORIGINAL, Arrays, Sizes

Layers = list[list[Any]]


def layers_of(sizes: Sizes, *, deep: bool = False) -> Layers:
    d_in, d_h, d_out = sizes["d_in"], sizes["d_h"], sizes["d_out"]
    more: Layers = [["Linear", d_h, d_h], ["ReLU"]] if deep else []
    return [["Linear", d_in, d_h], ["ReLU"], *more, ["Linear", d_h, d_out]]


def _start(rng: np.random.Generator, sizes: Sizes, layers: Layers, scale: float) -> Arrays:
    """Draw data of that scale and the parameters of a chain, biases of the size of what they are added to."""
    arrays: Arrays = {"x": scale * rng.standard_normal((sizes["n"], sizes["d_in"]))}
    for i, (kind, *ends) in enumerate(layers):
        if kind == "Linear":
            arrays[f"{i}.weight"] = rng.standard_normal((ends[1], ends[0])) / np.sqrt(ends[0])
            arrays[f"{i}.bias"] = 0.5 * rng.standard_normal((ends[1],))
    return arrays


def chain(t: dict[str, torch.Tensor], layers: Layers) -> tuple[torch.Tensor, list[torch.Tensor]]:
    """Compute what a chain of layers predicts, and what went into each of its ReLUs."""
    flow, hidden = t["x"], []
    for i, (kind, *_) in enumerate(layers):
        if kind == "Linear":
            flow = torch.nn.functional.linear(flow, t[f"{i}.weight"], t[f"{i}.bias"])
        else:
            hidden.append(flow)
            flow = flow.relu()
    return flow, hidden


def parameter_names(t: dict[str, Any]) -> list[str]:
    return [name for name in t if name.endswith((".weight", ".bias"))]


def powers(difference: torch.Tensor, kind: str) -> torch.Tensor:
    return (difference**2).sum() if kind == "squares" else (difference**4).sum()


def descend(t: dict[str, torch.Tensor], layers: Layers, kind: str, lr: float, steps: int) -> dict[str, Any]:
    """Train a chain by autograd; return losses, parameters, first gradients, and how near a ReLU came to its kink."""
    names = parameter_names(t)
    now = {**t, **{name: t[name].clone().requires_grad_() for name in names}}
    values: list[float] = []
    first: dict[str, np.ndarray] = {}
    nearest = np.inf
    for _ in range(steps):
        y_pred, hidden = chain(now, layers)
        loss = powers(y_pred - now["y"], kind)
        values.append(float(loss.detach()))
        nearest = min(
            [nearest, *(float((h.abs().min() / h.std(correction=0)).detach()) for h in hidden if h.numel() > 1)]
        )
        found = torch.autograd.grad(loss, [now[name] for name in names])
        first = first or {name: g.numpy() for name, g in zip(names, found, strict=True)}
        for name, g in zip(names, found, strict=True):
            now[name] = (now[name].detach() - lr * g).requires_grad_()
    return {
        "losses": np.array(values),
        **{name: now[name].detach().numpy() for name in names},
        "gradients": first,
        "nearest": nearest,
    }


def train_inputs(
    rng: np.random.Generator, sizes: Sizes, dtype: str, scale: float, *, loss: str = "squares", deep: bool = False
) -> Arrays:
    """Draw a chain and a learning rate under which a few steps move it visibly, with no unit near its kink.

    Otherwise float32 and float64 could disagree about which units are on, and a right answer would look wrong.
    """
    layers = layers_of(sizes, deep=deep)
    for _ in range(1000):
        arrays: dict[str, Any] = _start(rng, sizes, layers, scale)
        t = {name: torch.from_numpy(a.astype(dtype).astype(np.float64)) for name, a in arrays.items()}
        spread = float(chain(t, layers)[0].std(correction=0)) if sizes["n"] > 1 else 0.0
        arrays["y"] = (spread or 1.0) * 1.5 * rng.standard_normal((sizes["n"], sizes["d_out"]))
        t["y"] = torch.from_numpy(arrays["y"].astype(dtype).astype(np.float64))
        begin = descend(t, layers, loss, 0.0, 1)
        steepness = sum(float(np.sum(g**2)) for g in begin["gradients"].values())
        if not steepness:
            continue
        # the first step takes about a seventh of the loss: large enough to show, small enough to go on falling
        lr = float(f"{0.15 * begin['losses'][0] / steepness:.2e}")
        run = descend(t, layers, loss, lr, 5)
        clear = run["nearest"] > KINK_WHILE_TRAINING or sizes is ORIGINAL
        moved = min(np.linalg.norm(run[n] - t[n].numpy()) / np.linalg.norm(t[n].numpy()) for n in parameter_names(t))
        if clear and run["losses"][-1] < run["losses"][0] and moved > 1e-3:
            arrays["lr"] = lr
            return arrays
    raise RuntimeError(f"no suitable draw for {sizes}")
