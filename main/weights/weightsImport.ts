import { setImmediate as othersFirst } from 'node:timers/promises'
import type { Variable } from '../../core/layers/parts/layerVariables.ts'
import { type LayerGeometry, measure } from '../../core/network/geometry.ts'
import type { Model } from '../../core/network/model.ts'
import { canonicalJson } from '../../core/numbers/canonicalJson.ts'
import type { KeptWeights } from '../../core/run/branchPoint.ts'
import type { WeightsOrigin } from '../../core/run/weightsOrigin.ts'
import { flattenedBefore, proposedTable } from '../../core/weights/proposedTable.ts'
import { readTypes } from '../../core/weights/sourceWeights.ts'
import { shapeBefore, turned, turnsKernel } from '../../core/weights/turns.ts'
import type { WeightsProposal } from '../../core/weights/weightsProposal.ts'
import type { TableRow, TakenTensor, WeightsSource } from '../../core/weights/weightsTable.ts'
import { phrase, type Phrase } from '../../core/words/phrases.ts'
import { refuse } from '../../core/words/problems.ts'
import { firstNotFinite } from '../engine/checkpoint/checkpointFile.ts'
import { safetensorsParts } from '../engine/checkpoint/safetensors.ts'
import type { TensorValue } from '../engine/shared/tensorValue.ts'
import type { Home } from '../files/places.ts'
import type { History } from '../history/history.ts'
import type { BranchPoints } from '../training/branchPoints.ts'
import type { ForeignTensor } from './foreignTensors.ts'
import { openWeights, type OpenedWeights } from './openWeights.ts'
import { float32Of } from './weightValues.ts'

export interface WeightsImportOptions {
  readonly home: Home
  readonly history: History
  readonly branchPoints: BranchPoints
}

/** Carries a generator out that yields so that others may have their turn. */
async function carriedOut<Result>(parts: Generator<undefined, Result>): Promise<Result> {
  for (;;) {
    const part = parts.next()
    if (part.done === true) return part.value
    await othersFirst()
  }
}

interface Target {
  readonly variable: Variable
  readonly geometry: LayerGeometry
}

/** The tensor that a row names, if it may become the variable. @throws LabError `weights-row-unfit`. */
function checkedTensor(
  opened: OpenedWeights,
  { tensor: name, turn }: TakenTensor,
  { variable, geometry }: Target,
  flattened: boolean,
): ForeignTensor {
  const unfit = (detail: Phrase): never =>
    refuse('weights-row-unfit', { variable: variable.name, tensor: name, detail })
  const tensor = opened.tensors.get(name)
  if (tensor === undefined) return unfit(phrase('tensor-not-there', {}))
  if (!readTypes.includes(tensor.type)) return unfit(phrase('tensor-type-unread', { type: tensor.type }))
  const isKernel = variable.name.endsWith('/kernel')
  const fits = turn === 'as-it-is' || (isKernel && turnsKernel(turn, geometry.layer.kind, flattened))
  const wanted = fits ? shapeBefore(turn, variable.shape) : variable.shape
  if (!fits || tensor.shape.join() !== wanted.join())
    return unfit(phrase('tensor-shape-unlike', { has: tensor.shape.join(' x '), wanted: wanted.join(' x '), turn }))
  return tensor
}

/** Weights from elsewhere for a network: what goes where, and keeping them so that runs can begin with them. */
export class WeightsImport {
  readonly #options: WeightsImportOptions

  constructor(options: WeightsImportOptions) {
    this.#options = options
  }

  /**
   * Which tensor of a source goes to which variable of a network, as far as it can be told.
   * @param anew Names of layers that begin with initial weights of their own.
   * @throws LabError `model-invalid`, `weights-layer-unknown`, or as `openWeights`.
   */
  async propose(source: WeightsSource, model: Model, anew: readonly string[]): Promise<WeightsProposal> {
    const known = measure(model).flatMap(({ layer, variables }) => (variables.length > 0 ? [layer.name] : []))
    const wrong = anew.find((name) => !known.includes(name))
    if (wrong !== undefined) refuse('weights-layer-unknown', { layer: wrong, known: known.join(', ') })
    const { weights } = await openWeights(source, this.#options)
    return proposedTable(model, weights, anew)
  }

  /**
   * Keeps what a confirmed table takes of a source, in the names and layouts of the network, so that runs can begin with
   * it, and what they say of where it came from. Variables without a row begin anew.
   * @throws LabError `weights-open`, `weights-row-unfit`, `weights-none`, `weights-value-not-finite`, `disk-full`,
   *   `write-failed`, or as `openWeights`; nothing was kept then.
   */
  async keep(
    source: WeightsSource,
    model: Model,
    rows: readonly TableRow[],
  ): Promise<{ readonly from: KeptWeights; readonly origin: WeightsOrigin }> {
    const open = rows.filter(({ by }) => by === 'open').map(({ variable }) => variable)
    if (open.length > 0) refuse('weights-open', { variables: open.join(', ') })
    const opened = await openWeights(source, this.#options)
    const measured = measure(model)
    const taken = new Map<string, TakenTensor>()
    for (const { variable, taken: one } of rows) {
      if (taken.has(variable))
        refuse('weights-row-unfit', { variable, tensor: one?.tensor ?? '—', detail: phrase('row-twice', {}) })
      if (one !== null) taken.set(variable, one)
    }
    const targets = measured.flatMap((geometry) =>
      geometry.variables.map((variable): Target => ({ variable, geometry })),
    )
    const unknown = [...taken].find(([name]) => !targets.some(({ variable }) => variable.name === name))
    if (unknown !== undefined)
      refuse('weights-row-unfit', {
        variable: unknown[0],
        tensor: unknown[1].tensor,
        detail: phrase('variable-not-there', {}),
      })
    if (taken.size === 0) refuse('weights-none', {})
    const tensors = new Map<string, TensorValue>()
    for (const target of targets) {
      const { variable, geometry } = target
      const one = taken.get(variable.name)
      if (one === undefined) continue
      const map = flattenedBefore(measured, geometry)
      const { type, bytes } = checkedTensor(opened, one, target, map !== null)
      const values = await carriedOut(float32Of(type, bytes))
      tensors.set(variable.name, {
        shape: variable.shape,
        data: await carriedOut(turned(values, one.turn, variable.shape, map)),
      })
    }
    const notFinite = firstNotFinite(tensors)
    if (notFinite !== null)
      refuse('weights-value-not-finite', { variable: notFinite, tensor: taken.get(notFinite)?.tensor ?? '' })
    const metadata = {
      format: 'conv-lab-weights-1',
      sourceSha256: opened.sha256(),
      taken: canonicalJson(Object.fromEntries([...taken].map(([name, { tensor, turn }]) => [name, { tensor, turn }]))),
    }
    const from = await this.#options.branchPoints.keep(safetensorsParts({ tensors, metadata }))
    const anew = targets.map(({ variable }) => variable.name).filter((name) => !taken.has(name))
    const origin = { source: opened.named, variables: targets.length, anew }
    this.#options.history.weightsOrigins.add(from, origin)
    return { from, origin }
  }
}
