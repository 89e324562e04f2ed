import type { Layer } from '../../../../core/layers/registry.ts'
import { wired } from '../../../../core/network/edit/wiring.ts'

/** A network's layers as one line: each with what it takes. */
export function networkText(layers: readonly Layer[]): string {
  return wired(layers)
    .map(({ layer, inputs }) => `${layer.name}(${inputs.join(' ')})`)
    .join(' ')
}
