"""Makes layers.json beside this file with PyTorch 2.13: pip install torch==2.13.0, then run it.

VGG-16 (Simonyan & Zisserman 2015) and ResNet-18 (He et al. 2016) at 224 x 224 and LeNet-5 at 28 x 28: of each layer
with weights the shape of its output, its parameters and its multiply-adds, counted from the tensors of a forward pass.
And single windows of many sizes, strides and paddings.
"""

import json
import pathlib
import random

import torch
from torch import nn

assert torch.__version__.startswith("2.13."), torch.__version__
folder = pathlib.Path(__file__).parent


def shape_of(output):
    """[height, width, channels] or [units], from [1, channels, height, width] or [1, units]."""
    return [output.shape[2], output.shape[3], output.shape[1]] if output.dim() == 4 else [output.shape[1]]


def measured(network, image):
    rows = []

    def hook(layer, inputs, output):
        places = output.shape[2] * output.shape[3] if output.dim() == 4 else 1
        counted = isinstance(layer, (nn.Conv2d, nn.Linear))
        rows.append(
            {
                "kind": type(layer).__name__,
                "shape": shape_of(output),
                "parameters": sum(one.numel() for one in layer.parameters()),
                "multiplyAdds": layer.weight.numel() * places if counted else 0,
            }
        )

    for layer in network.modules():
        if isinstance(layer, (nn.Conv2d, nn.Linear, nn.BatchNorm2d, nn.MaxPool2d, nn.AvgPool2d, nn.AdaptiveAvgPool2d)):
            layer.register_forward_hook(hook)
    network.eval()
    with torch.no_grad():
        network(torch.zeros(1, image[2], image[0], image[1]))
    return {"parameters": sum(one.numel() for one in network.parameters()), "layers": rows}


def vgg16():
    layers, channels = [], 3
    for filters in [64, 64, "pool", 128, 128, "pool", 256, 256, 256, "pool", 512, 512, 512, "pool", 512, 512, 512, "pool"]:
        if filters == "pool":
            layers.append(nn.MaxPool2d(2))
        else:
            layers += [nn.Conv2d(channels, filters, 3, padding=1), nn.ReLU()]
            channels = filters
    dense = [nn.Flatten(), nn.Linear(512 * 49, 4096), nn.ReLU(), nn.Linear(4096, 4096), nn.ReLU(), nn.Linear(4096, 1000)]
    return nn.Sequential(*layers, *dense)


class Block(nn.Module):
    def __init__(self, channels, filters, stride):
        super().__init__()
        self.first = nn.Sequential(
            nn.Conv2d(channels, filters, 3, stride, 1, bias=False), nn.BatchNorm2d(filters), nn.ReLU()
        )
        self.second = nn.Sequential(nn.Conv2d(filters, filters, 3, 1, 1, bias=False), nn.BatchNorm2d(filters))
        self.shortcut = (
            nn.Identity()
            if stride == 1 and channels == filters
            else nn.Sequential(nn.Conv2d(channels, filters, 1, stride, bias=False), nn.BatchNorm2d(filters))
        )

    def forward(self, image):
        return torch.relu(self.second(self.first(image)) + self.shortcut(image))


def resnet18():
    stem = [nn.Conv2d(3, 64, 7, 2, 3, bias=False), nn.BatchNorm2d(64), nn.ReLU(), nn.MaxPool2d(3, 2, 1)]
    blocks, channels = [], 64
    for filters, stride in [(64, 1), (64, 1), (128, 2), (128, 1), (256, 2), (256, 1), (512, 2), (512, 1)]:
        blocks.append(Block(channels, filters, stride))
        channels = filters
    return nn.Sequential(*stem, *blocks, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(512, 1000))


def le_net5():
    return nn.Sequential(
        *[nn.Conv2d(1, 6, 5, padding=2), nn.Tanh(), nn.AvgPool2d(2), nn.Conv2d(6, 16, 5), nn.Tanh(), nn.AvgPool2d(2)],
        *[nn.Flatten(), nn.Linear(400, 120), nn.Tanh(), nn.Linear(120, 84), nn.Tanh(), nn.Linear(84, 10)],
    )


def windows():
    draw = random.Random(1)
    cases = []
    while len(cases) < 60:
        height, width = draw.randint(1, 40), draw.randint(1, 40)
        rows, columns, stride = draw.randint(1, 9), draw.randint(1, 9), draw.choice([1, 1, 2, 3, 5])
        padding = "same" if stride == 1 and draw.random() < 0.5 else "valid"
        if padding == "valid" and (rows > height or columns > width):
            continue
        channels, filters, bias = draw.randint(1, 8), draw.randint(1, 16), draw.random() < 0.5
        layer = nn.Conv2d(channels, filters, (rows, columns), stride, padding, bias=bias)
        pool = nn.MaxPool2d(min(rows, height, width), stride)
        image = torch.zeros(1, channels, height, width)
        cases.append(
            {
                "input": [height, width, channels],
                "kernel": [rows, columns],
                "stride": stride,
                "padding": padding,
                "filters": filters,
                "bias": bias,
                "shape": shape_of(layer(image)),
                "parameters": sum(one.numel() for one in layer.parameters()),
                "pool": min(rows, height, width),
                "pooled": shape_of(pool(image)),
            }
        )
    return cases


stored = {
    "source": f"PyTorch {torch.__version__}",
    "leNet5": measured(le_net5(), (28, 28, 1)),
    "vgg16": measured(vgg16(), (224, 224, 3)),
    "resNet18": measured(resnet18(), (224, 224, 3)),
    "windows": windows(),
}
(folder / "layers.json").write_text(json.dumps(stored) + "\n")
