import type { Optimizer, RunConfig, Schedule } from '../../core/run/run.ts'
import * as m from '../messages/compiled/messages.js'
import type { Formats } from './formats.ts'
import { cycleText, scheduleName } from './labels.ts'

function factors(range: { readonly min: number; readonly max: number }, format: Formats): string {
  return `${format.figures(range.min)}–${format.figures(range.max)}`
}

/** All distortions of a configuration with their amounts, or the word for none. */
export function distortionText({ augmentation }: RunConfig, format: Formats): string {
  const { pad, randomCrop, flip, rotation, shift, hue, contrast, brightness, saturation, cutout, mixup } = augmentation
  const parts = [
    ...(pad === null
      ? []
      : [
          pad.fill === 'zero'
            ? m.distortion_pad_zero({ amount: format.whole(pad.pixels) })
            : m.distortion_pad_reflect({ amount: format.whole(pad.pixels) }),
        ]),
    ...(randomCrop ? [m.distortion_crop()] : []),
    ...(flip ? [m.distortion_flip()] : []),
    ...(rotation > 0 ? [m.distortion_rotation({ amount: format.figures(rotation) })] : []),
    ...(shift > 0 ? [m.distortion_shift({ amount: format.whole(shift) })] : []),
    ...(hue > 0 ? [m.distortion_hue({ amount: format.figures(hue) })] : []),
    ...(contrast === null ? [] : [m.distortion_contrast({ range: factors(contrast, format) })]),
    ...(brightness > 0 ? [m.distortion_brightness({ amount: format.figures(brightness) })] : []),
    ...(saturation === null ? [] : [m.distortion_saturation({ range: factors(saturation, format) })]),
    ...(cutout === null ? [] : [m.distortion_cutout({ side: format.whole(cutout.side) })]),
    ...(mixup === null ? [] : [m.distortion_mixup({ alpha: format.figures(mixup.alpha) })]),
  ]
  return parts.length === 0 ? m.distortion_none() : format.items(parts)
}

/** 24 × 24 × 3 */
export function inputText({ model }: RunConfig): string {
  return `${model.input.height} × ${model.input.width} × ${model.input.channels}`
}

/** A schedule with its parameters, except its length and learning rate. */
export function scheduleText(schedule: Schedule, format: Formats): string {
  const name = scheduleName(schedule)
  switch (schedule.kind) {
    case 'constant':
      return name
    case 'step':
      return m.value_rate_steps({ name, factor: format.figures(schedule.factor), every: format.whole(schedule.every) })
    case 'cosine':
      return m.value_rate_end({ name, rate: format.figures(schedule.endLearningRate) })
    case 'one-cycle':
      return m.value_rate_rise({ name, share: format.percent(schedule.riseShare, 0) })
  }
}

/** The momentum of a run (for Adam: beta1): the optimizer's own, or the range in which the schedule cycles it. */
export function momentumText({ optimizer, schedule }: RunConfig, format: Formats): string {
  if (schedule.kind === 'one-cycle' && schedule.momentum !== null)
    return m.value_cycled({ range: cycleText(schedule.momentum, format) })
  return format.figures(optimizer.kind === 'sgd' ? optimizer.momentum : optimizer.beta1)
}

export function weightDecayText(optimizer: Optimizer, format: Formats): string {
  return optimizer.kind === 'adam' || optimizer.weightDecay === 0
    ? m.value_none()
    : format.figures(optimizer.weightDecay)
}

export function warmUpText({ warmUp }: Schedule, format: Formats): string {
  return warmUp === null ? m.value_none() : m.value_steps({ count: warmUp.steps, text: format.whole(warmUp.steps) })
}

/** A share that a person entered in percent: 10 %, 7.5 %. */
export function shareText(share: number, format: Formats): string {
  const percent = share * 100
  return format.percent(share, Math.abs(percent - Math.round(percent)) < 1e-6 ? 0 : 1)
}

/** How pixels are scaled for the network. */
export function pixelsText({ data }: RunConfig, format: Formats): string {
  const { pixels } = data
  return pixels.kind === 'standard'
    ? m.value_pixels_standard()
    : m.value_pixels_range({ min: format.figures(pixels.min), max: format.figures(pixels.max) })
}

/** The output of the network and its loss. */
export function headText({ head }: RunConfig['model']): string {
  if (head.kind === 'softmax') return m.value_head_softmax()
  return head.loss === 'hinge' ? m.value_head_hinge() : m.value_head_squared()
}
