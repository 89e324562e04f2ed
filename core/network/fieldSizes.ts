import { imageName } from '../layers/parts/fields.ts'
import { type Region, type Span, wholeRegion } from '../layers/parts/reach.ts'
import { rulesOf } from '../layers/registry.ts'
import type { LayerGeometry } from './geometry.ts'
import { type Shape, sizeOf } from './shapes.ts'

/** Rows and columns of pixels that one value of a layer is computed from, padding counted. */
export interface FieldSize {
  readonly height: number
  readonly width: number
}

/** Of the value at place i of an axis: the pixels from `first + i * step` on and before `end + i * step`. */
interface Way {
  readonly step: number
  readonly first: number
  readonly end: number
}

/** Ways through branches; those of one step are one, because they move together. */
type Ways = readonly Way[]

interface Fields {
  readonly rows: Ways
  readonly columns: Ways
}

/** Of one value of a layer, and of all its values together. They differ for vectors: a unit has no place. */
interface LayerFields {
  readonly one: Fields
  readonly all: Fields
}

type Axis = 'rows' | 'columns'

const pixel: Ways = [{ step: 1, first: 0, end: 1 }]

function joined(ways: Ways, way: Way): Ways {
  const same = ways.find(({ step }) => step === way.step)
  if (same === undefined) return [...ways, way]
  const { step } = way
  const both = { step, first: Math.min(same.first, way.first), end: Math.max(same.end, way.end) }
  return [...ways.filter((one) => one !== same), both]
}

/** The ways of values that are computed from a span of the input, which begins `step` later at each place. */
function through(input: Ways, { first, end }: Span, step: number): Ways {
  return input.reduce<Ways>(
    (ways, way) =>
      joined(ways, {
        step: way.step * step,
        first: way.first + first * way.step,
        end: way.end + (end - 1) * way.step,
      }),
    [],
  )
}

function together(one: Ways, other: Ways): Ways {
  return other.reduce(joined, one)
}

/** The place at the middle of an axis, where ways that move apart are compared. */
function middleOf(shape: Shape, axis: Axis): number {
  const extent = shape.length === 3 ? shape[axis === 'rows' ? 0 : 1] : 1
  return Math.floor((extent - 1) / 2)
}

function sizeAt(known: Ways, place: number): number {
  // Nothing is known of a layer whose inputs are not there.
  const ways = known.length === 0 ? pixel : known
  const first = Math.min(...ways.map((way) => way.first + place * way.step))
  const end = Math.max(...ways.map((way) => way.end + place * way.step))
  return end - first
}

/** What a layer is asked for: one place of all maps, or one unit of a vector. */
function regionAt(shape: Shape, place: number): Region {
  const span = { first: place, end: place + 1 }
  const maps = shape.length === 3 ? wholeRegion(shape).maps : oneUnit(shape)
  return { rows: span, columns: span, maps }
}

/** The unit in the middle of a vector. */
function oneUnit(shape: Shape): Span {
  const unit = Math.floor((sizeOf(shape) - 1) / 2)
  return { first: unit, end: unit + 1 }
}

/** Whether a part of an input is all units of a vector, which together may see more than one of them. */
function isWholeVector(part: Region, shape: Shape): boolean {
  return shape.length === 1 && part.maps.end - part.maps.first === shape[0]
}

/**
 * The receptive field of a value of each layer, in one pass from the image on: equation 2 of Araujo, Norris & Sim 2019,
 * "Computing receptive fields of convolutional neural networks" (Distill), read forwards. Where branches meet it is the
 * smallest rectangle with all of them; where they move with different strides, that of the value in the middle.
 * `receptiveField` says where it lies.
 */
export function fieldSizes(measured: readonly LayerGeometry[]): FieldSize[] {
  const image: Fields = { rows: pixel, columns: pixel }
  const known = new Map<string, LayerFields>([[imageName, { one: image, all: image }]])
  return measured.map((geometry) => {
    const { layer, inputs, output } = geometry
    const reach = (region: Region): readonly (Region | null)[] =>
      rulesOf(layer).reach?.(geometry, region) ?? inputs.map(() => region)
    const [at0, at1, whole] = [reach(regionAt(output, 0)), reach(regionAt(output, 1)), reach(wholeRegion(output))]
    const waysOf = (axis: Axis): Ways =>
      inputs.reduce<Ways>((ways, { from, shape }, index) => {
        const fields = known.get(from)
        const [here, next] = [at0[index], at1[index]]
        if (fields === undefined) return ways
        // Another unit sees what this one does not.
        if (here === null || next === null) return together(ways, fields.one[axis])
        const input = isWholeVector(here, shape) ? fields.all[axis] : fields.one[axis]
        return together(ways, through(input, here[axis], next[axis].first - here[axis].first))
      }, [])
    const allOf = (axis: Axis): Ways =>
      inputs.reduce<Ways>((ways, { from, shape }, index) => {
        const part = whole[index]
        const fields = known.get(from)
        if (part === null || fields === undefined) return ways
        return together(ways, through(shape.length === 1 ? fields.all[axis] : fields.one[axis], part[axis], 0))
      }, [])
    const one: Fields = { rows: waysOf('rows'), columns: waysOf('columns') }
    known.set(layer.name, {
      one,
      all: output.length === 3 ? one : { rows: allOf('rows'), columns: allOf('columns') },
    })
    return {
      height: sizeAt(one.rows, middleOf(output, 'rows')),
      width: sizeAt(one.columns, middleOf(output, 'columns')),
    }
  })
}
