import * as m from '../messages/compiled/messages.js'
import { layerSettingName } from './networkTexts.ts'

const names: Readonly<Record<string, () => string>> = {
  'data.validationShare': m.setting_validation,
  'data.pixels.min': m.setting_pixels_min,
  'data.pixels.max': m.setting_pixels_max,
  'model.head.labelSmoothing': m.setting_label_smoothing,
  'model.head.loss': m.setting_loss,
  'augmentation.pad.pixels': m.setting_pad,
  'augmentation.pad.fill': m.setting_pad_fill,
  'augmentation.randomCrop': m.setting_random_crop,
  'augmentation.flip': m.setting_mirroring,
  'augmentation.rotation': m.setting_rotation,
  'augmentation.shift': m.setting_shift,
  'augmentation.hue': m.setting_hue,
  'augmentation.contrast.min': m.setting_contrast_min,
  'augmentation.contrast.max': m.setting_contrast_max,
  'augmentation.brightness': m.setting_brightness,
  'augmentation.saturation.min': m.setting_saturation_min,
  'augmentation.saturation.max': m.setting_saturation_max,
  'augmentation.cutout.side': m.setting_cutout,
  'augmentation.mixup.alpha': m.setting_mixup,
  'evaluation.flips': m.setting_flips,
  'optimizer.nesterov': m.setting_nesterov,
  'optimizer.beta2': m.setting_beta2,
  'optimizer.epsilon': m.setting_epsilon,
  'schedule.every': m.setting_drop_every,
  'schedule.factor': m.setting_drop_factor,
  'schedule.endLearningRate': m.setting_end_rate,
  'schedule.riseShare': m.setting_rise_share,
  'schedule.startDivisor': m.setting_start_divisor,
  'schedule.endDivisor': m.setting_end_divisor,
  'schedule.momentum.min': m.setting_momentum_min,
  'schedule.momentum.max': m.setting_momentum_max,
  'schedule.warmUp.startFactor': m.setting_warm_up_start,
}

/** What is within a setting of a layer, by its path there. */
const withinLayers: Readonly<Record<string, () => string>> = {
  'kernel.height': m.setting_kernel_height,
  'kernel.width': m.setting_kernel_width,
  'function.kind': m.layer_function,
  'function.slope': m.layer_slope,
  'scaling.function.kind': m.layer_function,
  'scaling.function.slope': m.layer_slope,
}

const layerPath = /^model\.layers\.([a-z0-9_]+)\.([a-z.]+)$/i
const pixelPath = /^data\.pixels\.(mean|deviation)\.(\d+)$/

/** What a setting is called that has a dotted path in a configuration: a layer's with the layer. */
export function settingPathName(path: string): string {
  const layer = layerPath.exec(path)
  if (layer !== null)
    return m.setting_of_layer({ layer: layer[1], setting: withinLayers[layer[2]]?.() ?? layerSettingName(layer[2]) })
  const pixel = pixelPath.exec(path)
  if (pixel !== null) {
    const channel = String(Number(pixel[2]) + 1)
    return pixel[1] === 'mean' ? m.setting_pixels_mean({ channel }) : m.setting_pixels_deviation({ channel })
  }
  return names[path]?.() ?? path
}
