import { imageName } from '../../layers/parts/fields.ts'
import { isFrozen } from '../../network/frozen.ts'
import { centreCut, channelScales, type ExportedNetwork, logitsName, type Weights } from '../exportedNetwork.ts'
import { torchLayer, type TorchLayer } from './torchLayers.ts'
import { torchName } from './torchNames.ts'

/** A network for PyTorch: two files of Python, and the weights for a safetensors file. */
export interface TorchFiles {
  /** `model.py`: the class `Network`. */
  readonly model: string
  /** `load.py`: answers for a picture. */
  readonly load: string
  readonly weights: ReadonlyMap<string, Weights>
}

/** The scale, shift and activation behind a pool, which PyTorch has no module for. */
const scalingClass = `
class Scaling(nn.Module):
    """A trained scale and shift for each channel."""

    def __init__(self, channels):
        super().__init__()
        self.scale = nn.Parameter(torch.ones(channels))
        self.shift = nn.Parameter(torch.zeros(channels))

    def forward(self, values):
        shape = (-1, 1, 1) if values.dim() == 4 else (-1,)
        return values * self.scale.reshape(shape) + self.shift.reshape(shape)

`

function tensorOf(values: readonly number[]): string {
  return `torch.tensor([${values.map(String).join(', ')}], device=images.device)`
}

/** From images as they are given to what enters the network. */
function imageStatements(network: ExportedNetwork): string[] {
  const { top, left, height, width, cuts } = centreCut(network)
  const { zero, range } = channelScales(network.pixels, network.image.channels)
  const middle = `images = images[:, ${top} : ${top + height}, ${left} : ${left + width}]`
  return [
    ...(cuts ? [middle] : []),
    `${imageName} = (images.float() - ${tensorOf(zero)}) / ${tensorOf(range)}`,
    `${imageName} = ${imageName}.permute(0, 3, 1, 2)`,
  ]
}

function indented(lines: readonly string[]): string {
  return lines.map((line) => `        ${line}`).join('\n')
}

/** The method that keeps the running statistics of frozen batch norms in use, which `requires_grad_` does not do. */
function trainMethod({ measured }: ExportedNetwork, names: ReadonlySet<string>): string {
  const norms = measured.flatMap(({ layer }) => (layer.kind === 'batch-norm' && isFrozen(layer) ? [layer.name] : []))
  if (norms.length === 0) return ''
  return `
    def train(self, mode=True):
        """Frozen batch norms keep their running statistics."""
        super().train(mode)
${indented(norms.map((name) => `self.${torchName(name, names)}.eval()`))}
        return self
`
}

function modelText(network: ExportedNetwork, layers: readonly TorchLayer[], names: ReadonlySet<string>): string {
  const { image, model } = network
  const modules = layers.flatMap(({ module }) => (module === null ? [] : [module]))
  const scaling = modules.some((module) => module.includes('= Scaling(')) ? scalingClass : ''
  const probabilities =
    model.head.kind === 'softmax'
      ? ['return logits.softmax(1)']
      : ['turned = torch.tanh(logits) / 2', 'return torch.cat([0.5 - turned, 0.5 + turned], 1)']
  return `"""The network of a run of Conv Lab. Needs torch and safetensors."""

from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import nn
from torch.nn import functional as F

${scaling}
class Network(nn.Module):
    """Takes images [batch, ${image.height}, ${image.width}, ${image.channels}] with pixels of 0 to 255."""

    def __init__(self):
        super().__init__()
${indented(modules.length > 0 ? modules : ['pass'])}

    def forward(self, images):
        """The logits, [batch, ${model.head.kind === 'softmax' ? 'classes' : '1'}]."""
${indented([...imageStatements(network), ...layers.map(({ statement }) => statement)])}
        return ${torchName(logitsName(model), names)}
${trainMethod(network, names)}

def probabilities(logits):
    """The probability of each class, [batch, classes]."""
${probabilities.map((line) => `    ${line}`).join('\n')}


def load(weights=Path(__file__).with_name("model.safetensors")):
    """The trained network, ready to answer."""
    network = Network()
    missing, unexpected = network.load_state_dict(load_file(weights), strict=False)
    # Batches are counted by PyTorch's own norms alone.
    missing = [name for name in missing if not name.endswith("num_batches_tracked")]
    if missing or unexpected:
        raise ValueError(f"{weights} does not fit: {missing} are missing, {unexpected} are unknown")
    return network.eval()
`
}

function loadText({ image }: ExportedNetwork, classes: readonly string[]): string {
  return `"""Answers for pictures: python load.py PICTURE [PICTURE ...]. Needs torch, safetensors, numpy and Pillow."""

import sys

import numpy
import torch
from model import load, probabilities
from PIL import Image, ImageOps

CLASSES = ${JSON.stringify(classes)}

network = load()
for file in sys.argv[1:]:
    picture = ImageOps.fit(Image.open(file).convert("${image.channels === 1 ? 'L' : 'RGB'}"), (${image.width}, ${image.height}), Image.Resampling.LANCZOS)
    pixels = torch.from_numpy(numpy.array(picture)).reshape(1, ${image.height}, ${image.width}, ${image.channels})
    with torch.no_grad():
        answer = probabilities(network(pixels))[0]
    print(file, CLASSES[answer.argmax()], f"{answer.max():.1%}")
`
}

/**
 * A trained network as a readable module of PyTorch. It can be trained further: batch norms and dropout are modules of
 * their own.
 */
export function torchFiles(network: ExportedNetwork, classes: readonly string[]): TorchFiles {
  const names = new Set(network.measured.map(({ layer }) => layer.name))
  const layers = network.measured.map((measured) => torchLayer(network, measured, names))
  return {
    model: modelText(network, layers, names),
    load: loadText(network, classes),
    weights: new Map(layers.flatMap(({ weights }) => [...weights])),
  }
}
