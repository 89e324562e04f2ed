"""
Makes the files of look/ beside this file with PyTorch 2.13: pip install torch==2.13.0, then run it.

Of each network there are three files:
  NAME.json                 the network, how pixels enter it, some images, its answers, and the class of the gradients
  NAME.safetensors          its weights, named and laid out as in a checkpoint
  NAME.outputs.safetensors  of the first image the output of each layer, `output/LAYER`; of all images the gradient of
                            the class's logit by some of these outputs, `gradient/LAYER`; `input` is the image itself
"""

import json
import pathlib

import torch
from network import (
    activation,
    channels_last,
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

folder = pathlib.Path(__file__).parent / "look"
folder.mkdir(exist_ok=True)


def make(name, model, pixels, stored, label, by, seed):
    """Computes a network and writes its files. `by`: the layers by whose outputs the gradient is taken."""
    weights = {}
    first = entering(stored, model, pixels).permute(0, 3, 1, 2).requires_grad_()
    outputs = forward(model, first, weights, seed=seed)
    for values in outputs.values():
        values.retain_grad()
    logits = outputs[model["layers"][-1]["name"]]
    if model["head"]["kind"] == "tanh":
        value = torch.tanh(logits)
        probabilities = torch.cat([(1 - value) / 2, (1 + value) / 2], 1)
        # The one neuron speaks for class 1, and against class 0.
        score = logits[:, 0] if label == 1 else -logits[:, 0]
    else:
        probabilities = torch.softmax(logits, 1)
        score = logits[:, label]
    score.sum().backward()

    described = {
        "source": f"PyTorch {torch.__version__}",
        "model": model,
        "pixels": pixels,
        "images": written(stored),
        "label": label,
        "logits": logits.tolist(),
        "probabilities": probabilities.tolist(),
    }
    (folder / f"{name}.json").write_text(json.dumps(described) + "\n")
    write(folder / f"{name}.safetensors", weights)
    shown = {f"output/{layer}": channels_last(values)[0] for layer, values in outputs.items()}
    gradients = {f"gradient/{layer}": channels_last(outputs[layer].grad) for layer in by}
    write(folder / f"{name}.outputs.safetensors", {**shown, **gradients})


make(
    "chain",
    described(
        32,
        32,
        3,
        [
            conv("conv_1", 2, 3, padding="same"),
            norm("norm_1"),
            activation("relu_1", "relu"),
            pool("max-pool", "pool_1", 2, 2),
            conv("conv_2", 6, 4, bias=False),
            norm("norm_2"),
            activation("relu_2", "relu"),
            pool("max-pool", "pool_2", 3, 2, "same"),
            {"kind": "flatten", "name": "flatten"},
            {"kind": "dropout", "name": "dropout", "rate": 0.5},
            dense("fc_1", 12),
            activation("relu_3", "relu"),
            dense("classes", 5),
        ],
        softmax,
    ),
    {"kind": "range", "min": 0, "max": 255},
    images(2, 35, 36, 3, seed=100),
    label=3,
    by=["input", "conv_2", "relu_2"],
    seed=1000,
)

make(
    "branches",
    described(
        28,
        28,
        1,
        [
            conv("conv_1", 4, 4, 1, "same"),
            activation("gelu_1", "gelu"),
            pool("average-pool", "pool_1", 2, 2, scaling="tanh"),
            depthwise("depthwise_1", 2, 3, padding="same"),
            activation("leaky_1", "leaky-relu", slope=0.1),
            conv("conv_2", 8, 1, **{"from": "pool_1"}),
            {"kind": "add", "name": "sum", "from": ["leaky_1", "conv_2"]},
            activation("elu_1", "elu"),
            pool("average-pool", "pool_2", 3, 2, "same", scaling="elu"),
            conv("conv_3", 5, (3, 2), 2, "same", bias=False, **{"from": "elu_1"}),
            pool("max-pool", "pool_3", 4, 2, "same", scaling="linear", **{"from": "elu_1"}),
            {"kind": "concat", "name": "joined", "from": ["pool_2", "conv_3", "pool_3"]},
            norm("norm_1"),
            depthwise("depthwise_2", 1, (2, 3), 2, bias=False),
            activation("sigmoid_1", "sigmoid"),
            global_pool("global-average-pool", "means", scaling="relu"),
            global_pool("global-max-pool", "maxima", **{"from": "depthwise_2"}),
            {"kind": "concat", "name": "both", "from": ["means", "maxima"]},
            dense("classes", 4),
            {"kind": "scale", "name": "smaller", "factor": 0.125},
        ],
        {"kind": "softmax", "labelSmoothing": 0.1},
    ),
    {"kind": "range", "min": -127.5, "max": 127.5},
    images(2, 28, 28, 1, seed=200),
    label=1,
    by=["input", "pool_1", "joined", "means"],
    seed=2000,
)

make(
    "neuron",
    described(
        24,
        24,
        3,
        [
            conv("conv_1", 4, 5, 2, "same"),
            activation("tanh_1", "tanh"),
            pool("average-pool", "pool_1", 3, 1, scaling="sigmoid"),
            conv("conv_2", 6, 3, 3),
            pool("max-pool", "pool_2", 2, 2, "same", scaling="tanh"),
            {"kind": "flatten", "name": "flatten"},
            dense("fc_1", 8, bias=False),
            activation("tanh_2", "tanh"),
            dense("neuron", 1),
        ],
        {"kind": "tanh", "loss": "hinge"},
    ),
    {"kind": "standard", "mean": [125.5, 123.0, 114.0], "deviation": [63.0, 62.0, 66.5]},
    images(3, 32, 32, 3, seed=300),
    label=0,
    by=["input", "conv_2"],
    seed=3000,
)
