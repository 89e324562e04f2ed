import type { Layer } from '../layers/registry.ts'
import type { Variable } from '../layers/parts/layerVariables.ts'
import { type LayerGeometry, measure } from '../network/geometry.ts'
import type { Model } from '../network/model.ts'
import type { MapShape } from '../network/shapes.ts'
import { type KernelLayout, parted, type SourceLayer, type SourceWeights, type TensorRole } from './sourceWeights.ts'
import { shapeBefore, type Turn } from './turns.ts'
import type { TableRow, TakenTensor } from './weightsTable.ts'
import type { RowReason, WeightsProposal } from './weightsProposal.ts'

/** The most choices that a row tells. */
const mostChoices = 100

/** Layers that hand a vector on place by place. */
const passing: readonly Layer['kind'][] = ['activation', 'dropout', 'scale']

/**
 * The maps `[height, width, channels]` that a layer takes flattened, also through layers that keep every place; null
 * where no maps are flattened before it.
 */
export function flattenedBefore(measured: readonly LayerGeometry[], { inputs }: LayerGeometry): MapShape | null {
  const [{ from }] = inputs
  const source = measured.find(({ layer }) => layer.name === from)
  if (source === undefined) return null
  if (passing.includes(source.layer.kind)) return flattenedBefore(measured, source)
  const [{ shape }] = source.inputs
  return source.layer.kind === 'flatten' && shape.length === 3 ? shape : null
}

/** Flattened maps of one place or one channel lie alike in both orders. */
function isReordered(map: MapShape | null): boolean {
  return map !== null && map[0] * map[1] > 1 && map[2] > 1
}

function kernelTurn(kind: Layer['kind'], layout: KernelLayout, map: MapShape | null): Turn | null {
  if (layout === 'channels-last') return 'as-it-is'
  if (kind === 'dense') {
    if (layout === 'product') return isReordered(map) ? 'flattened' : 'as-it-is'
    if (layout === 'transposed') return 'dense'
    return isReordered(map) ? 'dense-flattened' : 'dense'
  }
  if (layout !== 'channels-first') return null
  return kind === 'conv' ? 'conv' : kind === 'depthwise-conv' ? 'depthwise' : null
}

/** A layer of the network with its variables by role. */
interface TargetLayer {
  readonly name: string
  readonly kind: Layer['kind']
  readonly map: MapShape | null
  readonly variables: readonly (readonly [TensorRole, Variable])[]
}

function isRole(role: string): role is TensorRole {
  return ['kernel', 'bias', 'scale', 'shift', 'mean', 'variance'].includes(role)
}

function targetsOf(measured: readonly LayerGeometry[]): TargetLayer[] {
  return measured
    .filter(({ variables }) => variables.length > 0)
    .map((geometry) => ({
      name: geometry.layer.name,
      kind: geometry.layer.kind,
      map: flattenedBefore(measured, geometry),
      variables: geometry.variables.flatMap((variable) => {
        const role = variable.name.slice(geometry.layer.name.length + 1)
        return isRole(role) ? [[role, variable] as const] : []
      }),
    }))
}

/** What each variable of a layer would take. */
type Fit = ReadonlyMap<string, TakenTensor>

/** Whether values of a shape may become a variable. */
function becomes(shape: readonly number[], turn: Turn, variable: Variable): boolean {
  return shape.join() === shapeBefore(turn, variable.shape).join()
}

/**
 * The ways in which a layer of the source may become a layer of the network: none where it does not fit, several where
 * the layout of its kernel is not known and more than one would do.
 */
function fitsOf(target: TargetLayer, { tensors, layouts }: SourceLayer): Fit[] {
  const own = new Set<string>(target.variables.map(([role]) => role))
  // A bias that the network has no place for would change what the layer computes.
  if (Object.keys(tensors).some((role) => !own.has(role))) return []
  const needed: readonly TensorRole[] = own.has('kernel') ? ['kernel'] : ['mean', 'variance']
  if (needed.some((role) => tensors[role] === undefined)) return []
  const turns =
    tensors.kernel === undefined
      ? ['as-it-is' as const]
      : layouts.map((layout) => kernelTurn(target.kind, layout, target.map))
  return [...new Set(turns)].flatMap((turn) => {
    if (turn === null) return []
    const taken = new Map<string, TakenTensor>()
    for (const [role, variable] of target.variables) {
      const tensor = tensors[role]
      if (tensor === undefined) continue
      const way = role === 'kernel' ? turn : 'as-it-is'
      if (!becomes(tensor.shape, way, variable)) return []
      taken.set(variable.name, { tensor: tensor.name, turn: way })
    }
    return [taken]
  })
}

interface Decided {
  readonly fit: Fit
  readonly by: 'name' | 'shape' | 'order'
}

/** Decides for each layer of the network which layer of the source it takes. */
class Pairing {
  readonly decided = new Map<TargetLayer, Decided>()
  readonly #used = new Set<SourceLayer>()
  readonly #fits: ReadonlyMap<TargetLayer, ReadonlyMap<SourceLayer, readonly Fit[]>>

  constructor(targets: readonly TargetLayer[], sources: readonly SourceLayer[]) {
    this.#fits = new Map(
      targets.map((target) => [
        target,
        new Map(
          sources.map((source) => [source, fitsOf(target, source)] as const).filter(([, fits]) => fits.length > 0),
        ),
      ]),
    )
    this.#byName()
    // A layer that is decided may leave another with one choice.
    while (this.#byShape());
    this.#byOrder()
  }

  /** What a layer without a decision could take, in the order of the source. */
  optionsOf(target: TargetLayer): SourceLayer[] {
    return [...(this.#fits.get(target)?.keys() ?? [])].filter((source) => !this.#used.has(source))
  }

  fitsOf(target: TargetLayer, source: SourceLayer): readonly Fit[] {
    return this.#fits.get(target)?.get(source) ?? []
  }

  get #open(): TargetLayer[] {
    return [...this.#fits.keys()].filter((target) => !this.decided.has(target))
  }

  #take(target: TargetLayer, source: SourceLayer, by: Decided['by']): boolean {
    const [fit, ...others] = this.fitsOf(target, source)
    if (fit === undefined || others.length > 0) return false
    this.decided.set(target, { fit, by })
    this.#used.add(source)
    return true
  }

  #byName(): void {
    for (const target of this.#open) {
      const named = this.optionsOf(target).filter(({ name }) => parted(name)[1] === target.name)
      if (named.length === 1) this.#take(target, named[0], 'name')
    }
  }

  #byShape(): boolean {
    const open = this.#open
    return open.some((target) => {
      const options = this.optionsOf(target)
      if (options.length !== 1) return false
      const rivals = open.filter((other) => this.optionsOf(other).includes(options[0]))
      return rivals.length === 1 && this.#take(target, options[0], 'shape')
    })
  }

  /** Layers that all fit the same layers of the source and nothing else, of which there are as many. */
  #byOrder(): void {
    const sets = new Map<string, TargetLayer[]>()
    for (const target of this.#open) {
      const key = JSON.stringify(this.optionsOf(target).map(({ name }) => name))
      sets.set(key, [...(sets.get(key) ?? []), target])
    }
    for (const targets of sets.values()) {
      const options = this.optionsOf(targets[0])
      if (options.length !== targets.length) continue
      const wanted = this.#open.filter((other) => this.optionsOf(other).some((option) => options.includes(option)))
      if (wanted.length !== targets.length) continue
      if (targets.some((target, place) => this.fitsOf(target, options[place]).length !== 1)) continue
      for (const [place, target] of targets.entries()) this.#take(target, options[place], 'order')
    }
  }
}

/**
 * Why a variable of a layer takes nothing.
 * @param named The layer of the source that is called the same, if there is one.
 * @param fits Whether any layer of the source fits the layer.
 */
function reasonOf(
  target: TargetLayer,
  [role, variable]: readonly [TensorRole, Variable],
  named: SourceLayer | undefined,
  fits: boolean,
): RowReason {
  if (fits) return { kind: 'taken-elsewhere' }
  const own = new Set<string>(target.variables.map(([one]) => one))
  const extra = Object.entries(named?.tensors ?? {}).find(([one]) => !own.has(one))
  if (extra !== undefined) return { kind: 'no-place', tensor: extra[1].name }
  const tensor = named?.tensors[role]
  if (tensor === undefined) return { kind: 'none-fits' }
  const turns = (named?.layouts ?? []).flatMap((layout) => kernelTurn(target.kind, layout, target.map) ?? [])
  const would = role === 'kernel' ? turns.some((turn) => becomes(tensor.shape, turn, variable)) : undefined
  return (would ?? becomes(tensor.shape, 'as-it-is', variable))
    ? { kind: 'with-its-layer' }
    : { kind: 'other-shape', tensor: tensor.name, shape: [...tensor.shape] }
}

/**
 * Proposes which tensor goes to which variable. What is certain is decided by the names of layers, or by shapes that
 * occur once on either side. Where as many layers of one shape are on either side their order decides, and the row says
 * so. What is left is open.
 * @param anew Names of layers that begin with initial weights of their own.
 * @throws LabError `model-invalid`
 */
export function proposedTable(model: Model, source: SourceWeights, anew: readonly string[] = []): WeightsProposal {
  const targets = targetsOf(measure(model))
  const asked = targets.filter(({ name }) => !anew.includes(name))
  const pairing = new Pairing(asked, source.layers)
  const reasons: WeightsProposal['reasons'] = []
  const rows = targets.flatMap((target) => {
    const isAsked = asked.includes(target)
    const decision = pairing.decided.get(target)
    const free = pairing.optionsOf(target)
    const fits = source.layers.flatMap((layer) => pairing.fitsOf(target, layer))
    const named = source.layers.find(({ name }) => parted(name)[1] === target.name)
    return target.variables.map(([role, variable]): TableRow => {
      const { name } = variable
      const taken = decision?.fit.get(name) ?? null
      const all = fits.flatMap((fit) => fit.get(name) ?? [])
      const choices = all.filter((one) => one.tensor !== taken?.tensor || one.turn !== taken.turn).slice(0, mostChoices)
      if (decision !== undefined && taken !== null) return { variable: name, taken, by: decision.by, choices }
      if (decision === undefined && free.length > 0 && choices.length > 0)
        return { variable: name, taken: null, by: 'open', choices }
      const reason: RowReason = !isAsked
        ? { kind: 'asked' }
        : decision === undefined
          ? reasonOf(target, [role, variable], named, fits.length > 0)
          : { kind: 'not-there' }
      reasons.push({ variable: name, reason })
      return { variable: name, taken: null, by: 'anew', choices }
    })
  })
  const taken = new Set(rows.map((row) => row.taken?.tensor))
  const tensors = source.layers.flatMap((layer) =>
    Object.values(layer.tensors).map(({ name, type, shape }) => ({ name, type, shape: [...shape], layer: layer.name })),
  )
  const unused = [...tensors.map(({ name }) => name).filter((name) => !taken.has(name)), ...source.others]
  return { rows, unused, tensors, reasons }
}
