"""Makes optimizers.json and schedules.json beside this file with PyTorch 2.13: pip install torch==2.13.0, then run it."""

import json
import math
import pathlib

import torch
from torch.optim import SGD, Adam, AdamW
from torch.optim.lr_scheduler import ConstantLR, CosineAnnealingLR, LinearLR, OneCycleLR, SequentialLR, StepLR

assert torch.__version__.startswith("2.13."), torch.__version__
folder = pathlib.Path(__file__).parent
source = f"PyTorch {torch.__version__}"

STEPS = 30
SHOWN = [1, 2, 7, 30]


def numbers(count, seed):
    """Uniform in -1 to 1, in float32."""
    generator = torch.Generator().manual_seed(seed)
    return (torch.rand(count, generator=generator, dtype=torch.float32) * 2 - 1).tolist()


start = {"kernel": numbers(6, 1), "bias": numbers(3, 2)}
# Of very different sizes, one of them always 0.
sizes = {"kernel": [0, 1, 0.1, 1e-3, 10, 1], "bias": [1, 0.01, 3]}


def float32(value):
    return torch.tensor(value, dtype=torch.float32).item()


gradients = {
    name: [[float32(v * s) for v, s in zip(numbers(len(of), 10 + 2 * step + len(of)), of)] for step in range(STEPS)]
    for name, of in sizes.items()
}


def falling(step):
    return {"learningRate": 0.05 / math.sqrt(step), "momentum": None}


def cycling(step):
    share = abs(step - 10) / 20
    return {"learningRate": 0.02 + 0.08 * (1 - share), "momentum": 0.85 + 0.1 * share}


def built(optimizer, kernel, bias):
    groups = [
        {"params": [kernel], "weight_decay": optimizer.get("weightDecay", 0)},
        {"params": [bias], "weight_decay": 0},
    ]
    if optimizer["kind"] == "sgd":
        return SGD(groups, lr=1, momentum=optimizer["momentum"], nesterov=optimizer["nesterov"])
    kind = {"adam": Adam, "adamw": AdamW}[optimizer["kind"]]
    return kind(groups, lr=1, betas=(optimizer["beta1"], optimizer["beta2"]), eps=optimizer["epsilon"])


def trained(optimizer, pace):
    kernel = torch.tensor(start["kernel"]).reshape(2, 3).requires_grad_()
    bias = torch.tensor(start["bias"]).requires_grad_()
    method = built(optimizer, kernel, bias)
    paces, shown = [], {}
    for step in range(1, STEPS + 1):
        paces.append(pace(step))
        for group in method.param_groups:
            group["lr"] = paces[-1]["learningRate"]
            if paces[-1]["momentum"] is not None:
                if optimizer["kind"] == "sgd":
                    group["momentum"] = paces[-1]["momentum"]
                else:
                    group["betas"] = (paces[-1]["momentum"], group["betas"][1])
        kernel.grad = torch.tensor(gradients["kernel"][step - 1]).reshape(2, 3)
        bias.grad = torch.tensor(gradients["bias"][step - 1])
        if optimizer["clipNorm"] is not None:
            torch.nn.utils.clip_grad_norm_([kernel, bias], optimizer["clipNorm"])
        method.step()
        if step in SHOWN:
            shown[step] = {"kernel": kernel.detach().flatten().tolist(), "bias": bias.detach().tolist()}
    return {"optimizer": optimizer, "paces": paces, "after": shown}


def adam(**change):
    return {"kind": "adam", "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8, "clipNorm": None, **change}


def adamw(**change):
    return {**adam(), "kind": "adamw", "weightDecay": 0.01, **change}


def sgd(**change):
    return {"kind": "sgd", "momentum": 0.9, "nesterov": False, "weightDecay": 0, "clipNorm": None, **change}


optimizers = [
    trained(adam(), falling),
    trained(adam(beta1=0.5, beta2=0.9, epsilon=0.1), falling),
    trained(adam(), cycling),
    trained(adam(clipNorm=0.5), falling),
    trained(adamw(), falling),
    trained(adamw(weightDecay=0.5), cycling),
    trained(sgd(momentum=0), falling),
    trained(sgd(), falling),
    trained(sgd(weightDecay=0.1), falling),
    trained(sgd(nesterov=True), falling),
    trained(sgd(nesterov=True, weightDecay=5e-4), cycling),
    trained(sgd(nesterov=True, weightDecay=0.1, clipNorm=2), cycling),
    trained(sgd(clipNorm=1000), falling),
]
(folder / "optimizers.json").write_text(
    json.dumps({"source": source, "start": start, "gradients": gradients, "cases": optimizers}) + "\n"
)


def paces_of(schedule, steps):
    """What a training loop sees that steps the scheduler after each of its steps."""
    parameter = torch.nn.Parameter(torch.zeros(1))
    parameter.grad = torch.zeros(1)
    method = SGD([parameter], lr=schedule["learningRate"], momentum=0.9)
    warm_up = schedule["warmUp"]
    warming = 0 if warm_up is None else warm_up["steps"]
    rest = schedule.get("steps", steps) - warming
    kind = schedule["kind"]
    if kind == "constant":
        scheduler = ConstantLR(method, factor=1, total_iters=0)
    elif kind == "step":
        scheduler = StepLR(method, step_size=schedule["every"], gamma=schedule["factor"])
    elif kind == "cosine":
        scheduler = CosineAnnealingLR(method, T_max=rest, eta_min=schedule["endLearningRate"])
    else:
        momentum = schedule["momentum"]
        cycle = (
            {"cycle_momentum": False}
            if momentum is None
            else {"base_momentum": momentum["min"], "max_momentum": momentum["max"]}
        )
        scheduler = OneCycleLR(
            method,
            max_lr=schedule["learningRate"],
            total_steps=rest,
            pct_start=schedule["riseShare"],
            div_factor=schedule["startDivisor"],
            final_div_factor=schedule["endDivisor"],
            anneal_strategy="cos",
            **cycle,
        )
    if warm_up is not None:
        scheduler = SequentialLR(
            method,
            [LinearLR(method, start_factor=warm_up["startFactor"], total_iters=warming), scheduler],
            milestones=[warming],
        )
    paces = []
    for step in range(steps):
        group = method.param_groups[0]
        paces.append({"learningRate": group["lr"], "momentum": group["momentum"] if schedule.get("momentum") else None})
        method.step()
        if step < steps - 1:
            scheduler.step()
    return {"schedule": schedule, "paces": paces}


warm = {"steps": 5, "startFactor": 0.1}
cycle = {"riseShare": 0.25, "startDivisor": 25, "endDivisor": 1e4, "momentum": {"min": 0.85, "max": 0.95}}
schedules = [
    paces_of({"kind": "constant", "learningRate": 0.1, "warmUp": None}, 8),
    paces_of({"kind": "constant", "learningRate": 0.1, "warmUp": warm}, 8),
    paces_of({"kind": "step", "learningRate": 0.1, "warmUp": None, "steps": 30, "every": 7, "factor": 0.3}, 30),
    paces_of({"kind": "step", "learningRate": 0.1, "warmUp": warm, "steps": 30, "every": 7, "factor": 0.3}, 30),
    paces_of({"kind": "cosine", "learningRate": 0.1, "warmUp": None, "steps": 30, "endLearningRate": 0.001}, 30),
    paces_of({"kind": "cosine", "learningRate": 0.1, "warmUp": warm, "steps": 30, "endLearningRate": 0}, 30),
    paces_of({"kind": "one-cycle", "learningRate": 0.4, "warmUp": None, "steps": 30, **cycle}, 30),
    paces_of(
        {
            "kind": "one-cycle",
            "learningRate": 0.4,
            "warmUp": None,
            "steps": 40,
            **cycle,
            "riseShare": 0.3,
            "momentum": None,
        },
        40,
    ),
    paces_of({"kind": "one-cycle", "learningRate": 0.4, "warmUp": None, "steps": 3, **cycle}, 3),
    paces_of({"kind": "one-cycle", "learningRate": 0.4, "warmUp": None, "steps": 10, **cycle, "riseShare": 0.0}, 10),
]
(folder / "schedules.json").write_text(json.dumps({"source": source, "cases": schedules}) + "\n")
