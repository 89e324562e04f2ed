import type { LayerCurves } from '../../../core/health/healthQuestions.ts'
import type { Series } from '../../charts/series.ts'
import { lookOf } from '../../ui/seriesLook.ts'

/** The curves of a layer that have values. */
export type HealthMeasure = 'silent' | 'gradientNorm' | 'updateRatio'

/** A line for each layer that has the measure, in a colour and dash that the layer keeps in all charts. */
export function healthSeries(
  layers: readonly LayerCurves[],
  measure: HealthMeasure,
  noteAt: (step: number) => string,
): Series[] {
  return layers.flatMap((layer, place): Series[] => {
    const curve = layer[measure]
    if (curve === null) return []
    return [
      {
        key: layer.layer,
        label: layer.layer,
        look: lookOf(place + 1),
        points: { x: curve.step, y: curve.mean },
        raw: null,
        noteAt: (index, cursor) => (curve.step[index] === cursor ? '' : noteAt(curve.step[index])),
      },
    ]
  })
}
