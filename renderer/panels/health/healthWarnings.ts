import { silentWarning } from '../../../core/health/health.ts'
import type { HealthCurve, LayerCurves } from '../../../core/health/healthQuestions.ts'

/** The newest value of a curve up to a step; null where there is none. */
export function valueAt(curve: HealthCurve | null, step: number = Infinity): number | null {
  const index = curve?.step.findLastIndex((measured) => measured <= step) ?? -1
  return curve?.mean[index] ?? null
}

/** Layers of which too many units are silent now, with their share. */
export function dyingLayers(layers: readonly LayerCurves[]): { readonly layer: string; readonly share: number }[] {
  return layers.flatMap(({ layer, silent }) => {
    const share = valueAt(silent) ?? 0
    return share < silentWarning ? [] : [{ layer, share }]
  })
}

/** Layers that no gradient reaches any more. */
export function stuckLayers(layers: readonly LayerCurves[]): string[] {
  return layers.flatMap(({ layer, gradientNorm }) => (valueAt(gradientNorm) === 0 ? [layer] : []))
}

/** Where a network first broke: of the layers with a number that is not finite the one that had it first. */
export function brokenLayer(layers: readonly LayerCurves[]): { readonly layer: string; readonly step: number } | null {
  const broken = layers.flatMap(({ layer, brokenAt }) => (brokenAt === null ? [] : [{ layer, step: brokenAt }]))
  return broken.toSorted((one, other) => one.step - other.step).at(0) ?? null
}
