import type { Layer } from '../../../core/layers/registry.ts'
import type { Network } from '../../../core/network/network.ts'

const head: Network['head'] = { kind: 'softmax', labelSmoothing: 0 }

/** Colour images of 224 x 224 in a thousand classes, as ImageNet's challenge has them. */
export const imageNet = { input: { height: 224, width: 224, channels: 3 }, classes: 1000 } as const

interface ConvSettings {
  readonly stride?: number
  readonly bias?: boolean
  readonly padding?: 'same' | 'valid'
  readonly from?: string
}

function conv(name: string, filters: number, size: number, settings: ConvSettings = {}): Layer {
  const { stride = 1, bias = false, padding = 'same', from } = settings
  return {
    kind: 'conv',
    name,
    filters,
    kernel: { height: size, width: size },
    stride,
    padding,
    bias,
    initializer: 'he-normal',
    ...(from === undefined ? {} : { from }),
  }
}

function norm(name: string): Layer {
  return { kind: 'batch-norm', name, epsilon: 1e-5, momentum: 0.9 }
}

function relu(name: string): Layer {
  return { kind: 'activation', name, function: { kind: 'relu' } }
}

function pool(name: string, size: number, padding: 'same' | 'valid' = 'valid', from?: string): Layer {
  return {
    kind: 'max-pool',
    name,
    size,
    stride: 2,
    padding,
    scaling: null,
    ...(from === undefined ? {} : { from }),
  }
}

function dense(name: string, units: number): Layer {
  return { kind: 'dense', name, units, bias: true, initializer: 'he-normal' }
}

const globalPool: Layer = { kind: 'global-average-pool', name: 'pool', scaling: null }

/** VGG-16, configuration D of Simonyan & Zisserman 2015. */
export const vgg16: Network = {
  layers: [
    ...[64, 64, 128, 128, 256, 256, 256, 512, 512, 512, 512, 512, 512].flatMap((filters, index) => [
      conv(`conv_${index + 1}`, filters, 3, { bias: true }),
      relu(`relu_${index + 1}`),
      ...([1, 3, 6, 9, 12].includes(index) ? [pool(`pool_${index + 1}`, 2)] : []),
    ]),
    { kind: 'flatten', name: 'flatten' },
    dense('fc_1', 4096),
    relu('relu_14'),
    dense('fc_2', 4096),
    relu('relu_15'),
    dense('classes', 10),
  ],
  head,
}

/** Two convolutions of 3 x 3 beside the way around them (He et al. 2016, figure 2). */
function basicBlock(name: string, from: string, filters: number, stride: number, projected: boolean): Layer[] {
  return [
    conv(`${name}_conv_1`, filters, 3, { stride, from }),
    norm(`${name}_norm_1`),
    relu(`${name}_relu_1`),
    conv(`${name}_conv_2`, filters, 3),
    norm(`${name}_norm_2`),
    ...(projected ? [conv(`${name}_shortcut`, filters, 1, { stride, from }), norm(`${name}_shortcut_norm`)] : []),
    { kind: 'add', name: `${name}_sum`, from: [`${name}_norm_2`, projected ? `${name}_shortcut_norm` : from] },
    relu(`${name}_relu_2`),
  ]
}

/** ResNet-18 of He et al. 2016, table 1, with projections where the shape changes. */
export const resNet18: Network = {
  layers: [
    conv('conv_1', 64, 7, { stride: 2 }),
    norm('norm_1'),
    relu('relu_1'),
    pool('pool_1', 3, 'same'),
    ...[64, 64, 128, 128, 256, 256, 512, 512].flatMap((filters, index) => {
      const changes = index > 0 && index % 2 === 0
      const from = index === 0 ? 'pool_1' : `block_${index}_relu_2`
      return basicBlock(`block_${index + 1}`, from, filters, changes ? 2 : 1, changes)
    }),
    globalPool,
    dense('classes', 10),
  ],
  head,
}

/** A bottleneck of ResNet-50 as the Slim library has it: the stride is in the last block of a stage. */
function bottleneck(name: string, from: string, filters: number, stride: number, projected: boolean): Layer[] {
  const shortcut = projected
    ? [conv(`${name}_shortcut`, filters * 4, 1, { stride, from })]
    : stride === 1
      ? []
      : [pool(`${name}_shortcut`, 1, 'valid', from)]
  return [
    conv(`${name}_conv_1`, filters, 1, { from }),
    norm(`${name}_norm_1`),
    relu(`${name}_relu_1`),
    conv(`${name}_conv_2`, filters, 3, { stride }),
    norm(`${name}_norm_2`),
    relu(`${name}_relu_2`),
    conv(`${name}_conv_3`, filters * 4, 1),
    norm(`${name}_norm_3`),
    ...shortcut,
    { kind: 'add', name: `${name}_sum`, from: [`${name}_norm_3`, shortcut[0]?.name ?? from] },
    relu(name),
  ]
}

/** ResNet-v1-50 of the Slim library, whose receptive field Araujo et al. 2019 give. */
export const slimResNet50: Network = {
  layers: [
    conv('conv_1', 64, 7, { stride: 2 }),
    norm('norm_1'),
    relu('relu_1'),
    pool('pool_1', 3, 'same'),
    ...[3, 4, 6, 3].flatMap((units, stage) =>
      Array.from({ length: units }, (_, unit) => {
        const before = unit > 0 ? `stage_${stage}_${unit - 1}` : `stage_${stage - 1}_${[3, 4, 6, 3][stage - 1] - 1}`
        const from = stage === 0 && unit === 0 ? 'pool_1' : before
        const stride = unit === units - 1 && stage < 3 ? 2 : 1
        return bottleneck(`stage_${stage}_${unit}`, from, 64 * 2 ** stage, stride, unit === 0)
      }).flat(),
    ),
    globalPool,
    dense('classes', 10),
  ],
  head,
}

/** The convolutions and pools of AlexNet-v2 (Krizhevsky 2014), as the Slim library has it. */
export const alexNetV2: Network = {
  layers: [
    conv('conv_1', 64, 11, { stride: 4, padding: 'valid' }),
    pool('pool_1', 3),
    conv('conv_2', 192, 5),
    pool('pool_2', 3),
    conv('conv_3', 384, 3),
    conv('conv_4', 384, 3),
    conv('conv_5', 256, 3),
    pool('pool_5', 3),
    globalPool,
    dense('classes', 10),
  ],
  head,
}

/** MobileNet-v1 (Howard et al. 2017). */
export const mobileNetV1: Network = {
  layers: [
    conv('conv_0', 32, 3, { stride: 2 }),
    ...[1, 2, 1, 2, 1, 2, 1, 1, 1, 1, 1, 2, 1].flatMap((stride, index): Layer[] => [
      {
        kind: 'depthwise-conv',
        name: `depthwise_${index + 1}`,
        multiplier: 1,
        kernel: { height: 3, width: 3 },
        stride,
        padding: 'same',
        bias: false,
        initializer: 'he-normal',
      },
      conv(`conv_${index + 1}`, Math.min(1024, 64 * 2 ** Math.ceil(index / 2)), 1),
    ]),
    globalPool,
    dense('classes', 10),
  ],
  head,
}
