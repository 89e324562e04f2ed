import type { LayerCurves } from '../../../core/health/healthQuestions.ts'
import type { Series } from '../../charts/series.ts'
import { lookOf } from '../../ui/seriesLook.ts'

/** The curves of a layer that have values. */
export type HealthMeasure = 'silent' | 'gradientNorm' | 'updateRatio'

/**
 * A line for each layer that has the measure, in a colour and dash that the layer keeps in all charts.
 * @param logarithmic Whether y is the decimal logarithm; what is 0 has none and is left out.
 */
export function healthSeries(
  layers: readonly LayerCurves[],
  measure: HealthMeasure,
  logarithmic: boolean,
  noteAt: (step: number) => string,
): Series[] {
  return layers.flatMap((layer, place): Series[] => {
    const curve = layer[measure]
    if (curve === null) return []
    const shown = curve.mean.flatMap((value, index) => (logarithmic && value <= 0 ? [] : [index]))
    return [
      {
        key: layer.layer,
        label: layer.layer,
        look: lookOf(place + 1),
        points: {
          x: shown.map((index) => curve.step[index]),
          y: shown.map((index) => (logarithmic ? Math.log10(curve.mean[index]) : curve.mean[index])),
        },
        raw: null,
        noteAt: (index) => noteAt(curve.step[shown[index]]),
      },
    ]
  })
}
