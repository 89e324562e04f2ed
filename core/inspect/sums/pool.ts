import { activationValue } from '../../layers/parts/activationValue.ts'
import { real, type ComputationOf } from '../valueSum.ts'
import type { Explained, LayerOf, LayerSum, SumPlace } from './layerSum.ts'
import { windowTerms, type WindowTerm } from './windowTerms.ts'

type Pool = LayerOf<'max-pool' | 'average-pool' | 'global-max-pool' | 'global-average-pool'>
type Pooled = ComputationOf<'window'>

/** Values that are listed by themselves: as many as the largest window has. A global pool may have more. */
const listed = 64 * 64

/** The first largest value, whose place TensorFlow's gradient goes to. */
function largest(counted: readonly WindowTerm[]): { pooled: number; winner: Pooled['winner'] } {
  const { y, x, value } = counted.reduce((best, term) => (term.value > best.value ? term : best))
  return { pooled: value, winner: { y, x } }
}

function mean(counted: readonly WindowTerm[]): { pooled: number; winner: Pooled['winner'] } {
  return { pooled: counted.reduce((sum, { value }) => sum + value, 0) / counted.length, winner: null }
}

/** f(scale * pooled + shift), where the pool has that. */
function scaled(
  { geometry, read, at }: SumPlace<Pool>,
  pooled: number,
): Pick<Explained, 'computed'> & Pick<Pooled, 'scaling'> {
  const { scaling } = geometry.layer
  if (scaling === null) return { computed: pooled, scaling }
  const [scale, shift] = [read('scale')[at.map], read('shift')[at.map]]
  const shifted = scale * pooled + shift
  return {
    computed: activationValue(scaling.function, shifted),
    scaling: { scale, shift, shifted: real(shifted), function: scaling.function },
  }
}

function poolSum(takes: Pooled['takes']): LayerSum<Pool> {
  return {
    explain(place) {
      const { map } = place.at
      const { from, height, width, terms } = windowTerms(place, map)
      const counted = terms.filter(({ padding }) => !padding)
      const { pooled, winner } = takes === 'largest' ? largest(counted) : mean(counted)
      const { computed, scaling } = scaled(place, pooled)
      return {
        computed,
        how: {
          kind: 'window',
          takes,
          from,
          map,
          window: { height, width },
          terms: terms.length > listed ? null : terms.map((term) => ({ ...term, value: real(term.value) })),
          counted: counted.length,
          winner,
          pooled: real(pooled),
          scaling,
        },
      }
    },
  }
}

/** The largest value of a window, or of a whole map. */
export const maxPoolSum = poolSum('largest')

/** The mean of a window, or of a whole map. */
export const averagePoolSum = poolSum('mean')
