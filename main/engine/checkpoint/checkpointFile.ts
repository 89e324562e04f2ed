import { createHash } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { canonicalJson, type Json } from '../../../core/numbers/canonicalJson.ts'
import { phrase, type Phrase } from '../../../core/words/phrases.ts'
import { LabError, refuse } from '../../../core/words/problems.ts'
import type { Checkpoint, EngineIdentity, RunConfig } from '../../../core/run/run.ts'
import { writeFileAtomically, writeProblem } from '../../files/atomicFile.ts'
import { whyUnread } from '../../files/whyUnread.ts'
import { readSafetensors, type ReadSafetensors } from './readSafetensors.ts'
import { parseLayout, SafetensorsError, safetensorsParts, type TensorFile } from './safetensors.ts'
import type { TensorValue } from '../shared/tensorValue.ts'

/**
 * Everything training needs to continue as if never interrupted. Batches and random numbers follow from the seed and
 * the step.
 */
export interface Snapshot {
  readonly step: number
  /** Seconds of training since step 0. */
  readonly trainingSeconds: number
  /** All variables by name, finite. */
  readonly variables: ReadonlyMap<string, TensorValue>
}

/** The values of a safetensors header are strings. These identify the file without the history beside it. */
const CheckpointHeader = z.object({
  format: z.literal('conv-lab-checkpoint-1'),
  step: z.string().regex(/^\d+$/).transform(Number),
  trainingSeconds: z
    .string()
    .transform(Number)
    .refine((seconds) => seconds >= 0),
  configSha256: z.string(),
})

/** The identity of a configuration: the sha256 of its canonical JSON. */
export function configSha256Of(config: RunConfig): string {
  return createHash('sha256').update(canonicalJson(config)).digest('hex')
}

/** `step-000000300.safetensors`. The names sort in the order of the steps. */
export function checkpointName(step: number): string {
  return `step-${String(step).padStart(9, '0')}.safetensors`
}

/**
 * Writes a checkpoint, whole or not at all. Creates its folder if missing.
 * @throws LabError `disk-full` or `write-failed`; no part of the file is left.
 */
export async function writeCheckpoint(
  folder: string,
  snapshot: Snapshot,
  config: RunConfig,
  engine: EngineIdentity,
  reason: Checkpoint['reason'],
): Promise<Checkpoint> {
  const file = checkpointName(snapshot.step)
  const target = path.join(folder, file)
  const metadata = {
    format: 'conv-lab-checkpoint-1',
    step: String(snapshot.step),
    trainingSeconds: String(snapshot.trainingSeconds),
    configSha256: configSha256Of(config),
    config: canonicalJson(config),
    engine: canonicalJson(storedEngine(engine)),
  }
  const parts = safetensorsParts({ tensors: snapshot.variables, metadata })
  const bytes = parts.reduce((sum, part) => sum + part.length, 0)
  const hash = createHash('sha256')
  try {
    await mkdir(folder, { recursive: true })
  } catch (thrown) {
    throw writeProblem(thrown, folder)
  }
  await writeFileAtomically(target, parts, () => {
    for (const part of parts) hash.update(part)
  })
  return { step: snapshot.step, file, sha256: hash.digest('hex'), bytes, reason, createdAt: new Date().toISOString() }
}

/** The engine in the format that checkpoints have always used; `forms` is the version of its graphs. */
function storedEngine({ graphVersion, ...rest }: EngineIdentity): Json {
  return { ...rest, forms: graphVersion }
}

/** Whether a header belongs to a checkpoint of another configuration. */
function belongsElsewhere(metadata: Readonly<Record<string, string>>, configSha256: string): boolean {
  const header = CheckpointHeader.safeParse(metadata)
  return header.success && header.data.configSha256 !== configSha256
}

/** Whether the bytes are a well-formed checkpoint of another configuration. */
export function isOfAnotherRun(bytes: Uint8Array, configSha256: string): boolean {
  try {
    return belongsElsewhere(parseLayout(bytes).metadata, configSha256)
  } catch (thrown) {
    if (thrown instanceof SafetensorsError) return false
    throw thrown
  }
}

/**
 * Reads a checkpoint of a run.
 * @param wanted Which variables are needed; by default all.
 * @param read How the file is read.
 * @throws LabError `checkpoint-foreign` when the file belongs to another configuration; `checkpoint-damaged` when it is
 *   missing or differs from what was written.
 */
export async function readCheckpoint(
  from: { readonly path: string; readonly sha256: string },
  config: RunConfig,
  wanted: (name: string) => boolean = () => true,
  read: ReadSafetensors = readSafetensors,
): Promise<Snapshot> {
  return readSnapshot(from, wanted, read, (metadata) => {
    if (belongsElsewhere(metadata, configSha256Of(config)))
      refuse('checkpoint-foreign', { file: path.basename(from.path) })
  })
}

/**
 * Reads the network's variables of the checkpoint at which a branch begins, whatever configuration wrote it.
 * @throws LabError `checkpoint-damaged` when it is missing or differs from what was written.
 */
export async function readBranchPoint(
  from: { readonly path: string; readonly sha256: string },
  { model }: Pick<RunConfig, 'model'>,
): Promise<Snapshot['variables']> {
  return (await readSnapshot(from, isOfNetwork(model), readSafetensors, () => undefined)).variables
}

/**
 * Reads weights from elsewhere that the home folder keeps for a network.
 * @throws LabError `checkpoint-damaged` when the file is missing or differs from what was written.
 */
export async function readKeptWeights(from: {
  readonly path: string
  readonly sha256: string
}): Promise<Snapshot['variables']> {
  const { tensors } = await readWhole(
    from,
    () => true,
    readSafetensors,
    () => undefined,
  )
  return tensors
}

/** Whether a variable of a checkpoint is the network's and not the optimizer's. */
export function isOfNetwork(model: RunConfig['model']): (name: string) => boolean {
  const layers = new Set(model.layers.map(({ name }) => name))
  return (name) => layers.has(name.slice(0, name.lastIndexOf('/')))
}

async function readSnapshot(
  from: { readonly path: string; readonly sha256: string },
  wanted: (name: string) => boolean,
  read: ReadSafetensors,
  check: (metadata: Readonly<Record<string, string>>) => void,
): Promise<Snapshot> {
  const { tensors, metadata } = await readWhole(from, wanted, read, check)
  const header = CheckpointHeader.safeParse(metadata)
  if (!header.success)
    return refuse('checkpoint-damaged', { file: path.basename(from.path), detail: phrase('header-lacks', {}) })
  return { step: header.data.step, trainingSeconds: header.data.trainingSeconds, variables: tensors }
}

/** Reads a file of the home folder, whose bits must be those that were written. */
async function readWhole(
  from: { readonly path: string; readonly sha256: string },
  wanted: (name: string) => boolean,
  read: ReadSafetensors,
  check: (metadata: Readonly<Record<string, string>>) => void,
): Promise<TensorFile> {
  const damaged = (detail: Phrase, cause?: unknown): never =>
    refuse('checkpoint-damaged', { file: path.basename(from.path), detail }, { cause })
  try {
    const { tensors, metadata, sha256 } = await read(from.path, wanted)
    check(metadata)
    if (sha256 !== from.sha256) damaged(phrase('file-changed', {}))
    return { tensors, metadata }
  } catch (thrown) {
    if (thrown instanceof LabError) throw thrown
    if (thrown instanceof SafetensorsError) return damaged(thrown.said, thrown)
    if (!(thrown instanceof Error && 'code' in thrown)) throw thrown
    return damaged(whyUnread(thrown), thrown)
  }
}

/** The name of the first variable that holds a non-finite value; null when all are finite. */
export function firstNotFinite(variables: ReadonlyMap<string, TensorValue>): string | null {
  for (const [name, { data }] of variables) {
    if (!Number.isFinite(sumOf(data))) return name
  }
  return null
}

/**
 * A sum that is finite exactly when all values are: in double precision, finite float32 values cannot overflow it.
 * Training waits for this. Four sums run side by side, because each addition must wait for the previous one of its sum.
 */
function sumOf(data: Float32Array): number {
  const whole = data.length - (data.length % 4)
  let [a, b, c, d] = [0, 0, 0, 0]
  for (let place = 0; place < whole; place += 4) {
    a += data[place]
    b += data[place + 1]
    c += data[place + 2]
    d += data[place + 3]
  }
  for (let place = whole; place < data.length; place += 1) a += data[place]
  return a + b + c + d
}
