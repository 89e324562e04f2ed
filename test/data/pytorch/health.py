"""
Makes the files of health/ beside this file with PyTorch 2.13: pip install torch==2.13.0, then run it.

Of each network there are two files:
  NAME.json         the network, fixed images and those of some training steps with their labels, and what is measured
                    on the fixed ones after these steps, layer by layer
  NAME.safetensors  its first weights, named and laid out as in a checkpoint
"""

import json
import pathlib

import torch
from network import (
    activation,
    conv,
    dense,
    depthwise,
    described,
    entering,
    forward,
    global_pool,
    images,
    norm,
    pool,
    softmax,
    write,
    written,
)
from torch.nn import functional

folder = pathlib.Path(__file__).parent / "health"
folder.mkdir(exist_ok=True)

STEPS = 3
BATCH = 6
PIXELS = {"kind": "range", "min": 0, "max": 255}
can_fall_silent = ("relu", "leaky-relu", "elu", "gelu")


def length(tensors):
    return torch.cat([tensor.flatten() for tensor in tensors]).double().norm().item()


adam = {"kind": "adam", "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8, "clipNorm": None}
sgd = {"kind": "sgd", "momentum": 0.9, "nesterov": False, "weightDecay": 0, "clipNorm": None}


def built(optimizer, values, rate):
    if optimizer["kind"] == "sgd":
        return torch.optim.SGD(values, lr=rate, momentum=optimizer["momentum"])
    return torch.optim.Adam(values, lr=rate, betas=(optimizer["beta1"], optimizer["beta2"]), eps=optimizer["epsilon"])


def make(name, model, classes, fixed, seed, optimizer, rate, silenced):
    """
    `silenced`: biases of which every third one is so small that its unit never fires. With Adam nothing that is trained
    may be without effect: it would make whole steps of the noise that is such a gradient.
    """
    height, width, channels = (model["input"][side] for side in ("height", "width", "channels"))

    def first(stored):
        return entering(stored, model, PIXELS).permute(0, 3, 1, 2)

    def labels(count, start):
        return torch.arange(start, start + count) * 3 % classes

    held = images(fixed, height, width, channels, seed)
    weights = {}
    forward(model, first(held), weights, seed=seed)
    for bias in silenced:
        weights[bias][::3] = -30
    write(folder / f"{name}.safetensors", weights)
    trained = {
        key: value.requires_grad_()
        for key, value in weights.items()
        if key.split("/")[1] not in ("mean", "variance")
    }
    method = built(optimizer, trained.values(), rate)
    smoothing = model["head"]["labelSmoothing"]

    batches = [images(BATCH, height, width, channels, seed + 1000 * (step + 1)) for step in range(STEPS)]
    for step, batch in enumerate(batches):
        before = {key: value.detach().clone() for key, value in trained.items()}
        method.zero_grad()
        logits = list(forward(model, first(batch), weights, training=True).values())[-1]
        functional.cross_entropy(logits, labels(BATCH, step), label_smoothing=smoothing).backward()
        method.step()

    outputs = forward(model, first(held), weights)
    loss = functional.cross_entropy(list(outputs.values())[-1], labels(fixed, 0))
    gradients = dict(zip(trained, torch.autograd.grad(loss, list(trained.values()))))
    layers = []
    for layer in model["layers"]:
        names = [key for key in trained if key.split("/")[0] == layer["name"]]
        counted = layer["kind"] == "activation" and layer["function"]["kind"] in can_fall_silent
        if not names and not counted:
            continue
        values = outputs[layer["name"]].detach()
        fires = (values > 0).amax([axis for axis in range(values.ndim) if axis != 1])
        layers.append(
            {
                "layer": layer["name"],
                "units": values.shape[1] if counted else None,
                "silent": int((~fires).sum()) if counted else None,
                "gradientNorm": length([gradients[key] for key in names]) if names else None,
                "weightNorm": length([trained[key].detach() for key in names]) if names else None,
                "updateRatio": length([trained[key].detach() - before[key] for key in names])
                / length([before[key] for key in names])
                if names
                else None,
            }
        )
    text = {
        "source": f"PyTorch {torch.__version__}",
        "model": model,
        "pixels": PIXELS,
        "optimizer": optimizer,
        "learningRate": rate,
        "fixed": {"images": written(held), "labels": labels(fixed, 0).tolist()},
        "batches": [
            {"images": written(batch), "labels": labels(BATCH, step).tolist()} for step, batch in enumerate(batches)
        ],
        "layers": layers,
    }
    (folder / f"{name}.json").write_text(json.dumps(text) + "\n")


make(
    "chain",
    described(
        12,
        12,
        3,
        [
            conv("conv_1", 6, 3, padding="same", bias=False),
            norm("norm_1"),
            activation("relu_1", "relu"),
            pool("max-pool", "pool_1", 2, 2),
            conv("conv_2", 8, 3),
            activation("relu_2", "relu"),
            {"kind": "flatten", "name": "flatten"},
            dense("fc_1", 12),
            activation("relu_3", "relu"),
            dense("classes", 4),
        ],
        softmax,
    ),
    classes=4,
    fixed=12,
    seed=5000,
    optimizer=adam,
    rate=0.01,
    silenced=["norm_1/shift", "conv_2/bias", "fc_1/bias"],
)

make(
    "branches",
    described(
        10,
        11,
        1,
        [
            conv("conv_1", 4, 4, 1, "same"),
            activation("gelu_1", "gelu"),
            pool("average-pool", "pool_1", 2, 2, scaling="tanh"),
            depthwise("depthwise_1", 2, 3, padding="same"),
            activation("leaky_1", "leaky-relu", slope=0.1),
            conv("conv_2", 8, 1, bias=False, **{"from": "pool_1"}),
            {"kind": "add", "name": "sum", "from": ["leaky_1", "conv_2"]},
            norm("norm_1"),
            activation("elu_1", "elu"),
            global_pool("global-average-pool", "means"),
            global_pool("global-max-pool", "maxima", scaling="sigmoid", **{"from": "elu_1"}),
            {"kind": "concat", "name": "both", "from": ["means", "maxima"]},
            dense("classes", 3),
            {"kind": "scale", "name": "smaller", "factor": 0.5},
        ],
        {"kind": "softmax", "labelSmoothing": 0.1},
    ),
    classes=3,
    fixed=10,
    seed=6000,
    optimizer=sgd,
    rate=0.1,
    silenced=["norm_1/shift"],
)
