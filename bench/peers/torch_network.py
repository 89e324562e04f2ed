"""A network of Conv Lab as PyTorch modules, [batch, channels, height, width]."""

import torch
from torch import nn


def same_padding(layer):
    kernel = layer["kernel"]
    if layer["stride"] != 1 or kernel["height"] % 2 == 0 or kernel["width"] % 2 == 0:
        raise SystemExit(f"this peer of the bench pads odd kernels of stride 1 alone, not {layer['name']}")
    return (kernel["height"] // 2, kernel["width"] // 2)


def activation(layer):
    kind = layer["function"]["kind"]
    if kind == "leaky-relu":
        return nn.LeakyReLU(layer["function"]["slope"], inplace=True)
    return {
        "linear": nn.Identity,
        "relu": lambda: nn.ReLU(inplace=True),
        "elu": nn.ELU,
        "gelu": nn.GELU,
        "sigmoid": nn.Sigmoid,
        "tanh": nn.Tanh,
    }[kind]()


def pool(layer, kind):
    if layer["padding"] != "valid" or layer["scaling"] is not None:
        raise SystemExit(f"this peer of the bench pools without padding and scaling alone, not as {layer['name']}")
    return kind(layer["size"], layer["stride"])


class GlobalPool(nn.Module):
    def __init__(self, largest):
        super().__init__()
        self.largest = largest

    def forward(self, maps):
        return maps.amax((2, 3)) if self.largest else maps.mean((2, 3))


class Joined(nn.Module):
    """Several inputs made one."""

    def __init__(self, adds):
        super().__init__()
        self.adds = adds

    def forward(self, *inputs):
        return sum(inputs[1:], inputs[0]) if self.adds else torch.cat(inputs, 1)


class Scaled(nn.Module):
    """Every value times a factor."""

    def __init__(self, factor):
        super().__init__()
        self.factor = factor

    def forward(self, values):
        return values * self.factor


def module(layer):
    channels = layer["inputs"][0][-1]
    match layer["kind"]:
        case "conv":
            kernel = (layer["kernel"]["height"], layer["kernel"]["width"])
            padding = same_padding(layer) if layer["padding"] == "same" else 0
            return nn.Conv2d(channels, layer["filters"], kernel, layer["stride"], padding, bias=layer["bias"])
        case "batch-norm":
            return nn.BatchNorm2d(channels, layer["epsilon"], 1 - layer["momentum"])
        case "activation":
            return activation(layer)
        case "max-pool":
            return pool(layer, nn.MaxPool2d)
        case "average-pool":
            return pool(layer, nn.AvgPool2d)
        case "global-max-pool" | "global-average-pool":
            return GlobalPool(layer["kind"] == "global-max-pool")
        case "flatten":
            return nn.Flatten()
        case "dense":
            return nn.Linear(channels, layer["units"], layer["bias"])
        case "dropout":
            return nn.Dropout(layer["rate"])
        case "scale":
            return Scaled(layer["factor"])
        case "add" | "concat":
            return Joined(layer["kind"] == "add")
    raise SystemExit(f"this peer of the bench does not know layers of kind {layer['kind']}")


class Network(nn.Module):
    """Any order of layers, each on the outputs that it names. Weights as Conv Lab would begin with, near enough."""

    def __init__(self, layers):
        super().__init__()
        self.sources = [(layer["name"], layer["from"]) for layer in layers]
        self.parts = nn.ModuleDict({layer["name"]: module(layer) for layer in layers})
        for part in self.parts.values():
            if isinstance(part, nn.Conv2d):
                nn.init.kaiming_normal_(part.weight)

    def forward(self, images):
        outputs = {"input": images}
        for name, sources in self.sources:
            outputs[name] = self.parts[name](*(outputs[source] for source in sources))
        return outputs[name]


def network(layers):
    """A chain of layers as Sequential, the usual and shortest way; others as Network."""
    whole = Network(layers)
    before = ["input"] + [layer["name"] for layer in layers[:-1]]
    chain = all(layer["from"] == [name] for layer, name in zip(layers, before))
    return nn.Sequential(*whole.parts.values()) if chain else whole


def optimizer(model, described):
    """Its own fused step; decay for kernels alone."""
    kernels = [variable for variable in model.parameters() if variable.ndim > 1]
    others = [variable for variable in model.parameters() if variable.ndim <= 1]
    settings = described["optimizer"]
    groups = [
        {"params": kernels, "weight_decay": settings.get("weightDecay", 0)},
        {"params": others, "weight_decay": 0},
    ]
    rate = described["learningRate"]
    if settings["clipNorm"] is not None:
        raise SystemExit("this peer of the bench does not clip gradients")
    match settings["kind"]:
        case "adam" | "adamw":
            kind = torch.optim.Adam if settings["kind"] == "adam" else torch.optim.AdamW
            return kind(groups, rate, (settings["beta1"], settings["beta2"]), settings["epsilon"], fused=True)
        case "sgd":
            return torch.optim.SGD(groups, rate, settings["momentum"], nesterov=settings["nesterov"], fused=True)
    raise SystemExit(f"this peer of the bench does not know the optimizer {settings['kind']}")
