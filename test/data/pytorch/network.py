"""
Networks as Conv Lab describes them (core/network/model.ts), computed by PyTorch 2.13 in float32, without anything of
Conv Lab. For the scripts beside this file.
"""

import base64
import json
import math
import struct

import torch
from torch.nn import functional

assert torch.__version__.startswith("2.13."), torch.__version__
torch.use_deterministic_algorithms(True)


def numbers(shape, seed, low=-1.0, high=1.0):
    generator = torch.Generator().manual_seed(seed)
    return low + (high - low) * torch.rand(shape, generator=generator, dtype=torch.float32)


def images(count, height, width, channels, seed):
    """Smooth waves with some noise, as whole numbers of 0 to 255."""
    y, x = torch.meshgrid(torch.arange(height), torch.arange(width), indexing="ij")
    made = []
    for image in range(count):
        planes = []
        for channel in range(channels):
            fast, slow, turn = numbers((3,), seed + 10 * image + channel, 0.1, 0.9).tolist()
            planes.append(torch.sin(fast * x + 3 * turn) * torch.cos(slow * y + channel))
        noise = numbers((height, width, channels), seed + 100 + image, -0.2, 0.2)
        made.append(127.5 + 100 * torch.stack(planes, 2) + 127.5 * noise)
    return torch.stack(made).round().clamp(0, 255)


def activated(function, values):
    match function["kind"]:
        case "linear":
            return values
        case "relu":
            return functional.relu(values)
        case "leaky-relu":
            return functional.leaky_relu(values, function["slope"])
        case "elu":
            return functional.elu(values)
        case "gelu":
            return functional.gelu(values)
        case "sigmoid":
            return torch.sigmoid(values)
        case "tanh":
            return torch.tanh(values)
    raise ValueError(function["kind"])


def padded(maps, window, stride, value):
    """TensorFlow's `SAME`: as few as possible, and of an odd number the larger half behind."""
    sides = []
    for extent, size in zip(reversed(maps.shape[2:]), reversed(window)):
        total = max((math.ceil(extent / stride) - 1) * stride + size - extent, 0)
        sides += [total // 2, total - total // 2]
    return functional.pad(maps, sides, value=value)


def convolved(layer, maps, weights, depthwise):
    kernel = weights[f"{layer['name']}/kernel"]
    height, width, incoming, last = kernel.shape
    if layer["padding"] == "same":
        maps = padded(maps, (height, width), layer["stride"], 0.0)
    if depthwise:
        filters = kernel.permute(2, 3, 0, 1).reshape(incoming * last, 1, height, width)
    else:
        filters = kernel.permute(3, 2, 0, 1)
    bias = weights.get(f"{layer['name']}/bias")
    return functional.conv2d(maps, filters, bias, layer["stride"], groups=incoming if depthwise else 1)


def pooled(layer, maps):
    window, stride, same = (layer["size"],) * 2, layer["stride"], layer["padding"] == "same"
    if layer["kind"] == "max-pool":
        return functional.max_pool2d(padded(maps, window, stride, -math.inf) if same else maps, window, stride)
    if not same:
        return functional.avg_pool2d(maps, window, stride)
    # What padding adds does not count.
    sums = functional.avg_pool2d(padded(maps, window, stride, 0.0), window, stride)
    shares = functional.avg_pool2d(padded(torch.ones_like(maps), window, stride, 0.0), window, stride)
    return sums / shares


def scaled(layer, values, weights):
    """The lab's subsampling neuron: f(a * subsample(x) + b)."""
    if layer["scaling"] is None:
        return values
    shape = (1, -1, 1, 1)[: values.ndim]
    scale, shift = (weights[f"{layer['name']}/{role}"].reshape(shape) for role in ("scale", "shift"))
    return activated(layer["scaling"]["function"], scale * values + shift)


def output(layer, incoming, weights, training=False):
    """
    What a layer makes of `[batch, channels, height, width]` or `[batch, units]`. In training, batch normalisation takes
    the batch's statistics and moves the running ones towards them.
    """
    [first, *_], name = incoming, layer["name"]
    match layer["kind"]:
        case "conv" | "depthwise-conv":
            return convolved(layer, first, weights, layer["kind"] == "depthwise-conv")
        case "batch-norm":
            mean, variance, scale, shift = (weights[f"{name}/{role}"] for role in ("mean", "variance", "scale", "shift"))
            momentum = 1 - layer["momentum"]
            return functional.batch_norm(first, mean, variance, scale, shift, training, momentum, layer["epsilon"])
        case "activation":
            return activated(layer["function"], first)
        case "max-pool" | "average-pool":
            return scaled(layer, pooled(layer, first), weights)
        case "global-max-pool":
            return scaled(layer, first.amax((2, 3)), weights)
        case "global-average-pool":
            return scaled(layer, first.mean((2, 3)), weights)
        case "flatten":
            return first.permute(0, 2, 3, 1).flatten(1)
        case "dense":
            product = first @ weights[f"{name}/kernel"]
            return product + weights[f"{name}/bias"] if layer["bias"] else product
        case "dropout":
            return first
        case "scale":
            return first * layer["factor"]
        case "add":
            return sum(incoming[1:], first)
        case "concat":
            return torch.cat(incoming, 1)
    raise ValueError(layer["kind"])


def variables(layer, first):
    """The shapes of a layer's variables by role, and the range that each is drawn from."""
    channels = first.shape[1]
    match layer["kind"]:
        case "conv" | "depthwise-conv" | "dense":
            if layer["kind"] == "dense":
                shape, fan, outputs = (channels, layer["units"]), channels, layer["units"]
            else:
                window = (layer["kernel"]["height"], layer["kernel"]["width"])
                depthwise = layer["kind"] == "depthwise-conv"
                last = layer["multiplier"] if depthwise else layer["filters"]
                shape, outputs = (*window, channels, last), channels * last if depthwise else last
                fan = math.prod(window) * (1 if depthwise else channels)
            limit = math.sqrt(6 / fan)
            kernel = {"kernel": (shape, -limit, limit)}
            return {**kernel, "bias": ((outputs,), -0.5, 0.5)} if layer["bias"] else kernel
        case "batch-norm":
            return {
                "scale": ((channels,), 0.5, 1.5),
                "shift": ((channels,), -0.5, 0.5),
                "mean": ((channels,), -0.5, 0.5),
                "variance": ((channels,), 0.2, 2.0),
            }
        case "max-pool" | "average-pool" | "global-max-pool" | "global-average-pool":
            if layer["scaling"] is None:
                return {}
            return {"scale": ((channels,), 0.5, 1.5), "shift": ((channels,), -0.5, 0.5)}
    return {}


def forward(model, first, weights, training=False, seed=None):
    """The output of each layer by its name, `input` included. With a seed it first draws all weights."""
    outputs, before = {"input": first}, "input"
    for layer in model["layers"]:
        sources = layer.get("from", before)
        incoming = [outputs[source] for source in (sources if isinstance(sources, list) else [sources])]
        if seed is not None:
            for role, (shape, low, high) in variables(layer, incoming[0]).items():
                weights[f"{layer['name']}/{role}"] = numbers(shape, seed + len(weights), low, high)
        before = layer["name"]
        outputs[before] = output(layer, incoming, weights, training)
    return outputs


def entering(stored, model, pixels):
    """The centre of the images, `[batch, height, width, channels]`, in the network's scale."""
    height, width = model["input"]["height"], model["input"]["width"]
    top, left = (stored.shape[1] - height) // 2, (stored.shape[2] - width) // 2
    cut = stored[:, top : top + height, left : left + width]
    if pixels["kind"] == "range":
        return (cut - pixels["min"]) / (pixels["max"] - pixels["min"])
    return (cut - torch.tensor(pixels["mean"])) / torch.tensor(pixels["deviation"])


def written(images):
    """Images of whole numbers as JSON has them."""
    return [
        {
            **dict(zip(("height", "width", "channels"), image.shape)),
            "pixels": base64.b64encode(bytes(image.int().flatten().tolist())).decode(),
        }
        for image in images
    ]


def channels_last(values):
    return values.permute(0, 2, 3, 1) if values.ndim == 4 else values


def write(file, tensors):
    header, offset, parts = {"__metadata__": {"made_by": f"PyTorch {torch.__version__}"}}, 0, []
    for name, tensor in tensors.items():
        values = tensor.detach().contiguous().flatten().tolist()
        parts.append(struct.pack(f"<{len(values)}f", *values))
        header[name] = {
            "dtype": "F32",
            "shape": list(tensor.shape),
            "data_offsets": [offset, offset + len(parts[-1])],
        }
        offset += len(parts[-1])
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    file.write_bytes(struct.pack("<Q", len(text)) + text + b"".join(parts))


def conv(name, filters, size, stride=1, padding="valid", bias=True, **rest):
    height, width = size if isinstance(size, tuple) else (size, size)
    return {
        "kind": "conv",
        "name": name,
        "filters": filters,
        "kernel": {"height": height, "width": width},
        "stride": stride,
        "padding": padding,
        "bias": bias,
        "initializer": "glorot-uniform",
        **rest,
    }


def depthwise(name, multiplier, size, stride=1, padding="valid", bias=True, **rest):
    described = {**conv(name, 0, size, stride, padding, bias, **rest), "kind": "depthwise-conv"}
    del described["filters"]
    return {**described, "multiplier": multiplier}


def norm(name):
    return {"kind": "batch-norm", "name": name, "epsilon": 1e-3, "momentum": 0.9}


def activation(name, kind, **rest):
    return {"kind": "activation", "name": name, "function": {"kind": kind, **rest}}


def pool(kind, name, size, stride, padding="valid", scaling=None, **rest):
    described = {"kind": kind, "name": name, "size": size, "stride": stride, "padding": padding}
    return {**described, "scaling": scaling and {"function": {"kind": scaling}}, **rest}


def global_pool(kind, name, scaling=None, **rest):
    return {"kind": kind, "name": name, "scaling": scaling and {"function": {"kind": scaling}}, **rest}


def dense(name, units, bias=True):
    return {"kind": "dense", "name": name, "units": units, "bias": bias, "initializer": "glorot-uniform"}


def described(height, width, channels, layers, head):
    return {"input": {"height": height, "width": width, "channels": channels}, "layers": layers, "head": head}


softmax = {"kind": "softmax", "labelSmoothing": 0}
