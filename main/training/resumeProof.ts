import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { TrainEvent, TrainOrder } from '../../core/contract/engineContract.ts'
import { LabError, refuse } from '../../core/words/problems.ts'
import type { ProofEvent, ProofRequest } from '../../core/run/resumeProof.ts'
import { limitsOf } from '../../core/numbers/range.ts'
import { Goal, type Checkpoint, type Evaluation } from '../../core/run/run.ts'
import type { EngineHost } from '../engine/host/engineHost.ts'
import { parseSafetensors } from '../engine/checkpoint/safetensors.ts'

/** Larger than any proof, so that checkpoints are written only at the break and at the end. */
const never = limitsOf(Goal).max

/** The result of one of the two trainings: its curve and the checkpoints it wrote. */
class Way {
  readonly folder: string
  #steps = new Map<number, readonly [loss: number, accuracy: number]>()
  #evaluations = new Map<number, Evaluation>()
  readonly #checkpoints = new Map<number, Checkpoint>()

  constructor(folder: string) {
    this.folder = folder
  }

  take(event: TrainEvent): void {
    if (event.kind === 'steps')
      event.loss.forEach((loss, index) => this.#steps.set(event.first + index, [loss, event.accuracy[index]]))
    if (event.kind === 'evaluated') this.#evaluations.set(event.evaluation.step, event.evaluation)
    if (event.kind === 'checkpoint') this.#checkpoints.set(event.checkpoint.step, event.checkpoint)
    if (event.kind === 'ended' && event.problem !== null) throw new LabError(event.problem)
  }

  /** The last step reported. */
  get step(): number {
    return Math.max(0, ...this.#steps.keys())
  }

  /** Forgets everything after a step, as continuing from its checkpoint does. */
  rewind(step: number): void {
    this.#steps = new Map([...this.#steps].filter(([one]) => one <= step))
    this.#evaluations = new Map([...this.#evaluations].filter(([one]) => one <= step))
  }

  /** Path and hash of a checkpoint. */
  checkpoint(step: number): { readonly path: string; readonly sha256: string } {
    const found = this.#checkpoints.get(step)
    if (found === undefined) throw new Error(`there is no checkpoint at step ${step}`)
    return { path: path.join(this.folder, found.file), sha256: found.sha256 }
  }

  /** The digest of the checkpoint at a step and of the whole curve, as defined by `ProofEvent`. */
  async digest(step: number): Promise<string> {
    const hash = createHash('sha256')
    const { tensors } = parseSafetensors(await readFile(this.checkpoint(step).path))
    for (const [name, { data }] of [...tensors].toSorted(([one], [other]) => (one < other ? -1 : 1))) {
      hash.update(name)
      hash.update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
    }
    const steps = [...this.#steps].toSorted(([one], [other]) => one - other).flatMap(([at, values]) => [at, ...values])
    hash.update(new Uint8Array(Float64Array.from(steps).buffer))
    hash.update(JSON.stringify([...this.#evaluations.values()].toSorted((one, other) => one.step - other.step)))
    return hash.digest('hex')
  }
}

export interface ProofTools {
  /** Makes a new engine process for this use alone. */
  readonly openEngine: () => EngineHost
  readonly dataFolder: string
  /** Where a branch begins; null for a request that is none. */
  readonly branchPoint: TrainOrder['branchPoint']
  readonly signal: AbortSignal
}

/**
 * Trains a run twice, once without a break and once with one, and compares every bit. Each training, and each part of
 * the second, has an engine process of its own. Nothing enters the history: the files are in a temporary folder, which
 * is removed afterwards.
 * @throws LabError when a training did not reach its end, or `lab-closing` when the signal is aborted.
 */
export async function* proveResume(
  { request, breakAt, by }: ProofRequest,
  { openEngine, dataFolder, branchPoint, signal }: ProofTools,
): AsyncGenerator<ProofEvent> {
  const { config, goal } = request
  const folder = await mkdtemp(path.join(tmpdir(), 'conv-lab-proof-'))
  const orderIn = (way: Way, change: Partial<TrainOrder>): TrainOrder => ({
    run: 1,
    config,
    dataFolder,
    checkpointFolder: way.folder,
    from: null,
    branchPoint,
    threads: null,
    evaluated: false,
    goal,
    evaluateEvery: request.evaluateEvery,
    checkpointEvery: never,
    bestAccuracy: null,
    patience: null,
    evaluationsSinceBest: 0,
    healthEvery: 0,
    pauseAfter: null,
    ...change,
  })

  async function* part(
    name: 'unbroken' | 'before' | 'after',
    way: Way,
    change: Partial<TrainOrder>,
    until: (event: TrainEvent) => boolean = () => false,
  ): AsyncGenerator<ProofEvent> {
    const engine = openEngine()
    const end = (): void => engine.kill()
    signal.addEventListener('abort', end, { once: true })
    try {
      for await (const event of engine.train(orderIn(way, change))) {
        if (signal.aborted) refuse('lab-closing', {})
        way.take(event)
        if (event.kind === 'steps') yield { kind: 'progress', part: name, step: way.step, goal }
        if (until(event)) {
          engine.kill()
          break
        }
      }
    } finally {
      signal.removeEventListener('abort', end)
      await engine.close()
    }
  }

  try {
    const unbroken = new Way(path.join(folder, 'unbroken'))
    yield* part('unbroken', unbroken, {})
    const resumed = new Way(path.join(folder, 'resumed'))
    if (by === 'pause') yield* part('before', resumed, { pauseAfter: breakAt })
    else
      yield* part(
        'before',
        resumed,
        { checkpointEvery: breakAt },
        (event) => event.kind === 'checkpoint' && event.checkpoint.step === breakAt,
      )
    resumed.rewind(breakAt)
    yield* part('after', resumed, { from: resumed.checkpoint(breakAt) })
    const [first, second] = [await unbroken.digest(goal), await resumed.digest(goal)]
    yield { kind: 'proved', unbroken: first, resumed: second, equal: first === second, steps: goal, breakAt, by }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
