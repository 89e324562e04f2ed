import type { DatasetForm } from '../../data/dataChoice.ts'
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

/** The brightness of colours as the lab's pictures have it: of their light, not of their numbers. */
const greyFunction = `
def grey(colours):
    """The luminance of sRGB colours by Rec. 709, computed in linear light."""
    shares = colours / 255
    light = numpy.where(shares <= 0.04045, shares / 12.92, ((shares + 0.055) / 1.055) ** 2.4)
    luminance = light @ (0.2126, 0.7152, 0.0722)
    values = numpy.where(luminance <= 0.0031308, 12.92 * luminance, 1.055 * luminance ** (1 / 2.4) - 0.055)
    return (255 * values).round().astype("uint8")

`

/** Python's expression for how much a picture is scaled, and what that does to it. */
function scaling({ side, fit }: DatasetForm): { readonly chosen: 'min' | 'max'; readonly words: string } {
  // Images of their own size have no rule for other pictures; the lab then crops, as here.
  return side !== null && fit === 'fit'
    ? { chosen: 'min', words: 'so that all of it fits, with black around it' }
    : { chosen: 'max', words: 'so that it fills the image, whose middle is kept' }
}

function loadText({ image }: ExportedNetwork, classes: readonly string[], form: DatasetForm): string {
  const { chosen, words } = scaling(form)
  const grey = image.channels === 1
  return `"""Answers for pictures: python load.py PICTURE [PICTURE ...]. Needs torch, safetensors, numpy and Pillow."""

import sys

import numpy
import torch
from model import load, probabilities
from PIL import Image, ImageOps

CLASSES = ${JSON.stringify(classes)}
WIDTH, HEIGHT = ${image.width}, ${image.height}

${grey ? greyFunction : ''}
def pixels_of(file):
    """The pixels of a picture, prepared as those of the training images were: [${image.height}, ${image.width}, ${image.channels}]."""
    picture = ImageOps.exif_transpose(Image.open(file))
    if picture.mode.startswith("I;16"):
        picture = Image.fromarray((numpy.asarray(picture) >> 8).astype("uint8"))
    # What is transparent lies on black.
    picture = picture.convert("RGBA")
    picture = Image.alpha_composite(Image.new("RGBA", picture.size, "black"), picture).convert("RGB")
    # Resized ${words}.
    scale = ${chosen}(WIDTH / picture.width, HEIGHT / picture.height)
    width, height = (max(1, int(scale * side + 0.5)) for side in picture.size)
    picture = picture.resize((width, height), Image.Resampling.LANCZOS)
    left, top = (width - WIDTH + 1) // 2, (height - HEIGHT + 1) // 2
    colours = numpy.array(picture.crop((left, top, left + WIDTH, top + HEIGHT)))
    return ${grey ? 'grey(colours)[:, :, None]' : 'colours'}


network = load()
for file in sys.argv[1:]:
    with torch.no_grad():
        answer = probabilities(network(torch.from_numpy(pixels_of(file))[None]))[0]
    print(file, CLASSES[answer.argmax()], f"{answer.max():.1%}")
`
}

/**
 * A trained network as a readable module of PyTorch. It can be trained further: batch norms and dropout are modules of
 * their own.
 *
 * @param form in which the images of the data set were prepared, which decides how pictures become images.
 */
export function torchFiles(network: ExportedNetwork, classes: readonly string[], form: DatasetForm): TorchFiles {
  const names = new Set(network.measured.map(({ layer }) => layer.name))
  const layers = network.measured.map((measured) => torchLayer(network, measured, names))
  return {
    model: modelText(network, layers, names),
    load: loadText(network, classes, form),
    weights: new Map(layers.flatMap(({ weights }) => [...weights])),
  }
}
