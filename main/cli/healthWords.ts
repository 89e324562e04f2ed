import { type Health, type LayerHealth, silentShare, silentWarning } from '../../core/health/health.ts'
import { absent, percent, table } from './format.ts'

/** A norm or ratio with the digits that matter. */
function short(value: number | null): string {
  if (value === null) return absent
  return value !== 0 && value < 1e-2 ? value.toExponential(1) : String(Number(value.toPrecision(3)))
}

function silentText({ units, silent }: LayerHealth): string {
  return units === null || silent === null ? absent : `${silent} of ${units}, ${percent(silent / units)}`
}

/** What is worth a warning in a layer. */
function warningsOf(health: LayerHealth): string[] {
  const { layer, finite, gradientNorm } = health
  const share = silentShare(health)
  return [
    ...(finite
      ? []
      : [`Something in ${layer} is not a finite number any more: the learning rate is probably too high.`]),
    ...(share === null || share < silentWarning
      ? []
      : [
          `${percent(share)} of the units of ${layer} fire for no image: from ${percent(silentWarning)} on the learning rate is probably too high.`,
        ]),
    ...(gradientNorm === 0
      ? [`No gradient reaches ${layer} any more: what lies behind it is silent for every image.`]
      : []),
  ]
}

/** A measurement in words: a line a layer, and warnings below. */
export function healthWords(run: number, { step, images, layers }: Health): string {
  const rows = layers.map((health) => [
    health.layer,
    silentText(health),
    short(health.gradientNorm),
    short(health.updateRatio),
  ])
  const warnings = layers.flatMap(warningsOf)
  return [
    `Run ${run} after step ${step}, measured on ${images} training images.`,
    '',
    table(['LAYER', 'SILENT UNITS', 'GRADIENT NORM', 'UPDATE / WEIGHTS'], rows),
    ...(warnings.length === 0 ? [] : ['', ...warnings]),
  ].join('\n')
}

/** Why there is no measurement. */
export function noHealthWords(run: number, every: number): string {
  return every === 0
    ? `No health was measured of run ${run}: it was begun with “--health-every 0”.`
    : `No health was measured of run ${run} yet; it is while the run trains, every ${every} steps.`
}
