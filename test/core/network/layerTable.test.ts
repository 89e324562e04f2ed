import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { Layer } from '../../../core/layers/registry.ts'
import { fieldSizes } from '../../../core/network/fieldSizes.ts'
import { measure } from '../../../core/network/geometry.ts'
import { type LayerRow, layerTable } from '../../../core/network/layerTable.ts'
import { modelOf, type Network, type NetworkPlace } from '../../../core/network/network.ts'
import { receptiveField } from '../../../core/network/receptiveField.ts'
import { formulaText, parametersText } from '../../../main/cli/networkWords.ts'
import { alexNetV2, imageNet, mobileNetV1, resNet18, slimResNet50, vgg16 } from './publishedNetworks.ts'
import { branched, conv, dense, digits, halving, leNet5, pictures } from './sampleNetworks.ts'

const Counted = z.object({
  parameters: z.int(),
  layers: z.array(z.object({ kind: z.string(), shape: z.array(z.int()), parameters: z.int(), multiplyAdds: z.int() })),
})

/** What PyTorch measured; layers.py beside it made it. */
const pytorch = z
  .object({
    leNet5: Counted,
    vgg16: Counted,
    resNet18: Counted,
    windows: z.array(
      z.object({
        input: z.tuple([z.int(), z.int(), z.int()]),
        kernel: z.tuple([z.int(), z.int()]),
        stride: z.int(),
        padding: z.enum(['same', 'valid']),
        filters: z.int(),
        bias: z.boolean(),
        shape: z.array(z.int()),
        parameters: z.int(),
        pool: z.int(),
        pooled: z.array(z.int()),
      }),
    ),
  })
  .parse(JSON.parse(readFileSync(new URL('../../data/pytorch/layers.json', import.meta.url), 'utf8')))

function tableOf(network: Network, place: NetworkPlace) {
  return layerTable(modelOf(network, place))
}

/** What PyTorch counts of a row: layers with weights, and pools. */
const countedKinds: Partial<Record<Layer['kind'], string>> = {
  conv: 'Conv2d',
  dense: 'Linear',
  'batch-norm': 'BatchNorm2d',
  'max-pool': 'MaxPool2d',
  'average-pool': 'AvgPool2d',
  'global-average-pool': 'AdaptiveAvgPool2d',
}

function counted(rows: readonly LayerRow[]): z.infer<typeof Counted>['layers'] {
  return rows.flatMap(({ layer, shape, parameters, multiplyAdds }) => {
    const kind = countedKinds[layer.kind]
    if (kind === undefined) return []
    // PyTorch keeps the places of what a global pool gives.
    const extents = layer.kind === 'global-average-pool' ? [1, 1, ...shape] : [...shape]
    return [{ kind, shape: extents, parameters, multiplyAdds }]
  })
}

describe('shapes, parameters and multiply-adds of each layer are those of PyTorch', () => {
  const cases = [
    ['LeNet-5', leNet5, digits, pytorch.leNet5],
    ['VGG-16', vgg16, imageNet, pytorch.vgg16],
    ['ResNet-18', resNet18, imageNet, pytorch.resNet18],
  ] as const

  test.each(cases)('of %s', (_, network, place, known) => {
    const { rows, totals } = tableOf(network, place)
    expect(counted(rows)).toEqual(known.layers)
    expect(totals.parameters).toBe(known.parameters)
  })

  test('of single windows of many sizes, strides and paddings', () => {
    expect(pytorch.windows).toHaveLength(60)
    for (const { input, kernel, stride, padding, filters, bias, shape, parameters, pool, pooled } of pytorch.windows) {
      const [height, width, channels] = input
      // The first layer makes the channels that the windows take.
      const network: Network = {
        layers: [
          { ...conv('channels', channels, 1) },
          {
            kind: 'conv',
            name: 'conv',
            filters,
            kernel: { height: kernel[0], width: kernel[1] },
            stride,
            padding,
            bias,
            initializer: 'he-normal',
          },
          { kind: 'global-max-pool', name: 'whole', scaling: null },
          { kind: 'max-pool', name: 'pool', from: 'channels', size: pool, stride, padding: 'valid', scaling: null },
          { kind: 'global-max-pool', name: 'whole_pool', scaling: null },
          { kind: 'concat', name: 'both', from: ['whole', 'whole_pool'] },
          dense('classes', 2),
        ],
        head: { kind: 'softmax', labelSmoothing: 0 },
      }
      const { rows } = tableOf(network, { input: { height, width, channels: 1 }, classes: 2 })
      expect([rows[1].shape, rows[1].parameters, rows[3].shape]).toEqual([shape, parameters, pooled])
    }
  })
})

describe('multiply-adds are the published ones', () => {
  test('of LeNet-5: the connections of LeCun et al. 1998, section II.B, which count biases', () => {
    const { rows } = tableOf(leNet5, digits)
    const connections = (name: string): number => {
      const row = rows.find(({ layer }) => layer.name === name)
      if (row === undefined) throw new Error(`there is no layer ${name}`)
      const [height, width = 1, maps = height] = row.shape
      return row.multiplyAdds + (row.shape.length === 3 ? height * width * maps : height)
    }
    // C3 is another layer here: it joins all maps, where the original leaves some out.
    expect([connections('c1'), connections('f5'), connections('f6')]).toEqual([122_304, 48_120, 10_164])
  })

  test('of VGG-16: 15.5 billion (Sze et al. 2017, table II; 15.47 in the documentation of torchvision)', () => {
    const { totals } = tableOf(vgg16, imageNet)
    expect(totals.multiplyAdds).toBe(15_470_264_320)
    expect(totals.parameters).toBe(138_357_544)
  })

  test('of ResNet-18: 1.8 billion (He et al. 2016, table 1; 1.81 in the documentation of torchvision)', () => {
    const { totals } = tableOf(resNet18, imageNet)
    expect(totals.multiplyAdds).toBe(1_814_073_344)
    expect(totals.parameters).toBe(11_689_512)
  })
})

/** Height of the receptive field of a value of a layer. */
function fieldOf(network: Network, name: string, place: NetworkPlace = imageNet): number | undefined {
  return tableOf(network, place).rows.find(({ layer }) => layer.name === name)?.receptiveField.height
}

describe('receptive fields', () => {
  test('are those that Araujo et al. 2019 give for whole networks', () => {
    expect(fieldOf(alexNetV2, 'pool_5')).toBe(195)
    expect(fieldOf(vgg16, 'pool_13')).toBe(212)
    expect(fieldOf(mobileNetV1, 'conv_13')).toBe(315)
    expect(fieldOf(slimResNet50, 'stage_3_2')).toBe(483)
  })

  test('follow equation 2 of Araujo et al. 2019 along any chain of windows', () => {
    const windows = [
      [3, 1],
      [5, 2],
      [1, 1],
      [2, 2],
      [7, 3],
      [3, 1],
      [1, 2],
      [2, 1],
    ] as const
    const layers = windows.map(([size, stride], index): Layer => {
      const kernel = { height: size, width: size }
      return { ...conv(`conv_${index}`, 4, size, index % 2 === 0 ? 'same' : 'valid'), kernel, stride } as Layer
    })
    const network: Network = {
      layers: [...layers, { kind: 'flatten', name: 'flatten' }, dense('classes', 10)],
      head: leNet5.head,
    }
    for (const [index] of windows.entries()) {
      const sum = windows.slice(0, index + 1).reduce((total, [size], place) => {
        const strides = windows.slice(0, place).reduce((product, [, stride]) => product * stride, 1)
        return total + (size - 1) * strides
      }, 1)
      expect(fieldOf(network, `conv_${index}`)).toBe(sum)
    }
  })

  test.each([
    ['LeNet-5', leNet5, digits],
    ['a network with branches', branched, pictures],
    ['ResNet-18', resNet18, imageNet],
    ['MobileNet-v1', mobileNetV1, imageNet],
  ])('in one pass are those that are walked back from each layer: %s', (_, network, place) => {
    const model = modelOf(network, place)
    const measured = measure(model)
    const middle = (extent: number): number => Math.floor((extent - 1) / 2)
    const walked = measured.map(({ layer, output }) => {
      const at =
        output.length === 3
          ? { map: 0, y: middle(output[0]), x: middle(output[1]) }
          : { map: middle(output[0]), y: 0, x: 0 }
      const { height, width } = receptiveField(model, layer.name, at).whole
      return { height, width }
    })
    expect(fieldSizes(measured)).toEqual(walked)
  })
})

describe('a row', () => {
  const rowOf = (network: Network, name: string, place: NetworkPlace): LayerRow => {
    const row = tableOf(network, place).rows.find(({ layer }) => layer.name === name)
    if (row === undefined) throw new Error(`there is no layer ${name}`)
    return row
  }

  test('has the formula of its maps with its numbers', () => {
    expect(rowOf(leNet5, 'c1', digits).formula).toEqual({
      kind: 'window',
      height: { extent: 28, window: 5, before: 2, after: 2, result: 28 },
      width: { extent: 28, window: 5, before: 2, after: 2, result: 28 },
      stride: 1,
      padding: 'same',
      channels: 6,
      pools: false,
    })
    const texts = ['c1', 'c3', 's2', 'flatten', 'tanh_1'].map((name) =>
      formulaText(rowOf(leNet5, name, digits).formula),
    )
    expect(texts).toEqual(['ceil(28 / 1) = 28', '14 - 5 + 1 = 10', '(28 - 2) / 2 + 1 = 14', '5 x 5 x 16 = 400', ''])
    expect(formulaText(rowOf(branched, 'both', pictures).formula)).toBe('8 + 8 = 16')
    expect(formulaText(rowOf(alexNetV2, 'conv_1', imageNet).formula)).toBe('floor((224 - 11) / 4) + 1 = 54')
  })

  test('has its parameters as a sum of products', () => {
    expect(parametersText(rowOf(leNet5, 'c3', digits))).toBe('5 x 5 x 6 x 16 + 16 = 2416')
    expect(parametersText(rowOf(branched, 'norm_1', pictures))).toBe('8 + 8 = 16')
    expect(rowOf(branched, 'norm_1', pictures).untrained).toBe(16)
  })

  test('has the bytes of its maps, none where they are those of its input', () => {
    expect(rowOf(leNet5, 'c1', digits).activationBytes).toBe(28 * 28 * 6 * 4)
    expect(rowOf(leNet5, 'flatten', digits).activationBytes).toBe(0)
  })

  test('says where a pool by 2 meets an odd side', () => {
    const odd: Network = { ...leNet5, layers: [conv('c', 4, 2, 'valid'), halving('pool'), ...leNet5.layers.slice(6)] }
    expect(rowOf(odd, 'pool', digits).oddSide).toBe(true)
    expect(tableOf(leNet5, digits).rows.some(({ oddSide }) => oddSide)).toBe(false)
  })
})
