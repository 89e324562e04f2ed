import type { Detector } from '../hint.ts'

/** A gradient below this share of the largest of any layer is as good as none. */
const vanished = 1e-4

/** Measurements in a row in which it must be so. */
const inARow = 2

/** A layer whose gradient is a vanishing part of those of other layers. */
export const vanishedGradient: Detector = (run) => {
  const layers = run.health.flatMap(({ layer, gradientNorm }) =>
    gradientNorm === null || gradientNorm.value.length < inARow ? [] : [{ layer, ...gradientNorm }],
  )
  if (layers.length < 2) return null
  const ratiosAt = (back: number): { layer: string; ratio: number; step: number }[] => {
    const largest = Math.max(...layers.map(({ value }) => value[value.length - back] ?? 0))
    return layers.map(({ layer, step, value }) => ({
      layer,
      ratio: largest === 0 ? 1 : (value[value.length - back] ?? largest) / largest,
      step: step[step.length - back] ?? 0,
    }))
  }
  const [before, now] = [ratiosAt(inARow), ratiosAt(1)]
  const worst = now
    .filter(({ ratio }, place) => ratio < vanished && before[place].ratio < vanished)
    .toSorted((one, other) => one.ratio - other.ratio)
    .at(0)
  if (worst === undefined) return null
  const saturates = run.config.model.layers.some(
    (layer) => layer.kind === 'activation' && (layer.function.kind === 'sigmoid' || layer.function.kind === 'tanh'),
  )
  return {
    kind: 'vanished-gradient',
    evidence: { from: before[0].step, to: run.step, layer: worst.layer, ratio: worst.ratio },
    lesson: 'activation',
    remedies: saturates ? [{ kind: 'anew', changes: { activation: 'relu' } }] : [],
  }
}
