import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { link, mkdir, readdir, readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { canonicalJson, type Json } from '../../core/numbers/canonicalJson.ts'
import { type BranchPoint, isBranchPoint, type KeptWeights, type RunBeginning } from '../../core/run/branchPoint.ts'
import { variablesOf } from '../../core/network/geometry.ts'
import type { Checkpoint, RunConfig } from '../../core/run/run.ts'
import { LabError, refuse } from '../../core/words/problems.ts'
import { parseLayout } from '../engine/checkpoint/safetensors.ts'
import { temporaryPrefix, writeFileAtomically, writeProblem } from '../files/atomicFile.ts'
import type { Log } from '../files/log.ts'
import { branchPointFile, checkpointFolder, type Home } from '../files/places.ts'
import { whyUnread } from '../files/whyUnread.ts'
import { syncFolder } from '../platform/syncFolder.ts'
import type { History } from '../history/history.ts'

export interface BranchPointsOptions {
  readonly home: Home
  readonly history: History
  readonly log: Log
}

function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** What is compared of the configuration in a checkpoint's header, whichever version wrote it. */
const WrittenConfig = z.object({
  model: z.object({ input: z.json(), layers: z.array(z.record(z.string(), z.json())) }),
})

/** The part of a network that decides which variables it has. Which of its layers are frozen does not. */
function skeletonOf({ model: { input, layers } }: z.infer<typeof WrittenConfig>): Json {
  return { input, layers: layers.map(({ frozen: _, ...layer }) => layer) }
}

/**
 * The checkpoints with which branches begin, each under its sha256 in a folder of their own. So a branch can be begun
 * again, continued from its step 0 and proved, whatever becomes of the run that it came from: pruning, giving back space
 * and the bin never touch them. They are hard links where the disk has those, and take no room then as long as the run
 * keeps its checkpoint. A file stays as long as a run, in the bin or not, a sweep under way or the form
 * of the next run begins with it.
 */
export class BranchPoints {
  readonly #options: BranchPointsOptions
  /** How many requests under way need a file that no row names yet, by its sha256. */
  readonly #held = new Map<string, number>()
  /** Weights that were kept since Conv Lab was opened, by their sha256: a run is to begin with them. */
  readonly #fresh = new Set<string>()

  constructor(options: BranchPointsOptions) {
    this.#options = options
  }

  /**
   * Does something for which the checkpoint of a configuration must be here, and keeps it here meanwhile. A
   * configuration that is no branch needs none.
   * @throws LabError `branch-run-gone`, `branch-pruned` or `branch-other-bits` when the checkpoint is not to be had,
   *   `branch-other-network` when its variables are not those of the network, `checkpoint-damaged`, `disk-full` or
   *   `write-failed`; of weights from elsewhere `weights-gone` or `weights-other-network`. Nothing was done then.
   */
  async with<Result>(config: RunConfig, act: () => Promise<Result> | Result): Promise<Result> {
    const release = await this.hold(config)
    try {
      return await act()
    } finally {
      release()
    }
  }

  /**
   * Keeps the checkpoint of a configuration here until the answer is called.
   * @throws LabError as `with` does; nothing is kept then.
   */
  async hold(config: RunConfig): Promise<() => void> {
    const { from } = config
    if (from === undefined) return () => undefined
    const { sha256 } = from
    this.#held.set(sha256, (this.#held.get(sha256) ?? 0) + 1)
    const release = (): void => {
      const left = (this.#held.get(sha256) ?? 1) - 1
      if (left === 0) this.#held.delete(sha256)
      else this.#held.set(sha256, left)
    }
    try {
      if (isBranchPoint(from)) this.#checkFits(await this.#kept(from), from, config)
      else this.#checkWeights(await this.#weights(from), config)
      return release
    } catch (thrown) {
      release()
      throw thrown
    }
  }

  /**
   * The file with which a run begins, with its hash; null for a run that is no branch. The engine checks its bits.
   * @throws LabError `branch-point-gone` or `weights-gone`.
   */
  fileOf({ from }: RunConfig): { readonly path: string; readonly sha256: string } | null {
    if (from === undefined) return null
    const file = branchPointFile(this.#options.home, from.sha256)
    if (!existsSync(file)) this.#refuseGone(from, file)
    return { path: file, sha256: from.sha256 }
  }

  /**
   * Keeps weights from elsewhere, whole or not at all, at least until Conv Lab is closed.
   * @param parts Of a safetensors file with variables of a network.
   * @throws LabError `disk-full` or `write-failed`.
   */
  async keep(parts: readonly Uint8Array[]): Promise<KeptWeights> {
    const hash = createHash('sha256')
    for (const part of parts) hash.update(part)
    const sha256 = hash.digest('hex')
    this.#fresh.add(sha256)
    await this.#write(sha256, parts)
    return { sha256 }
  }

  /** Deletes the files that nothing begins with any more. */
  async deleteUnneeded(): Promise<void> {
    const { home, history, log } = this.#options
    const names = await readdir(home.branchPoints).catch(() => [])
    if (names.length === 0) return
    const needed = history.branches.needed()
    for (const name of names) {
      const sha256 = path.basename(name, '.safetensors')
      // A person's own files in the folder stay.
      const ours = name.startsWith(temporaryPrefix) ? this.#held.size === 0 : /^[0-9a-f]{64}\.safetensors$/.test(name)
      if (!ours || needed.has(sha256) || this.#held.has(sha256) || this.#fresh.has(sha256)) continue
      try {
        await rm(path.join(home.branchPoints, name), { force: true })
        history.weightsOrigins.forget(sha256)
      } catch (thrown) {
        log.add(`deleting the checkpoint ${name} of a branch`, thrown)
      }
    }
  }

  /** The bytes of a checkpoint, which lies among the branch points afterwards. */
  async #kept(from: BranchPoint): Promise<Uint8Array> {
    const { home } = this.#options
    const target = branchPointFile(home, from.sha256)
    const here = await this.#read(from.sha256)
    if (here !== null) return here
    const checkpoint = this.#checkpoint(from)
    const source = path.join(checkpointFolder(home, from.run), checkpoint.file)
    const bytes = await readFile(source).catch((thrown: unknown) =>
      refuse('checkpoint-damaged', { file: source, detail: whyUnread(thrown) }, { cause: thrown }),
    )
    if (sha256Of(bytes) !== from.sha256) refuse('branch-other-bits', { run: from.run, step: from.step })
    try {
      await mkdir(home.branchPoints, { recursive: true })
      // What is left there of other bits is damaged.
      await rm(target, { force: true })
      await link(source, target)
      await syncFolder(home.branchPoints)
    } catch {
      // Not every disk has hard links; a copy is as good, and tells what is wrong where it fails too.
      await this.#write(from.sha256, [bytes])
    }
    return bytes
  }

  /** @throws LabError `disk-full` or `write-failed`. */
  async #write(sha256: string, parts: readonly Uint8Array[]): Promise<void> {
    const { home } = this.#options
    await mkdir(home.branchPoints, { recursive: true }).catch((thrown: unknown) => {
      throw writeProblem(thrown, home.branchPoints)
    })
    await writeFileAtomically(branchPointFile(home, sha256), parts)
  }

  /** The bytes of a file if they are those of the hash; null if it is missing or another. */
  async #read(sha256: string): Promise<Uint8Array | null> {
    const bytes = await readFile(branchPointFile(this.#options.home, sha256)).catch(() => null)
    return bytes !== null && sha256Of(bytes) === sha256 ? bytes : null
  }

  #refuseGone(from: RunBeginning, file: string): never {
    return isBranchPoint(from)
      ? refuse('branch-point-gone', { run: from.run, step: from.step, file })
      : refuse('weights-gone', { file })
  }

  async #weights(from: KeptWeights): Promise<Uint8Array> {
    return (await this.#read(from.sha256)) ?? this.#refuseGone(from, branchPointFile(this.#options.home, from.sha256))
  }

  /** The row of a checkpoint whose bits are those that a configuration names. */
  #checkpoint({ run, step, sha256 }: BranchPoint): Checkpoint {
    const { history } = this.#options
    const checkpoints = ((): Checkpoint[] => {
      try {
        return history.detail(run).checkpoints
      } catch (thrown) {
        if (!(thrown instanceof LabError && thrown.problem.code === 'run-unknown')) throw thrown
        return refuse('branch-run-gone', { run, step }, { cause: thrown })
      }
    })()
    const found = checkpoints.find((one) => one.step === step)
    if (found === undefined)
      return refuse('branch-pruned', {
        run,
        step,
        known: checkpoints.map((one) => one.step).join(', ') || '—',
      })
    return found.sha256 === sha256 ? found : refuse('branch-other-bits', { run, step })
  }

  #checkWeights(bytes: Uint8Array, { model }: RunConfig): void {
    const shapes = new Map(variablesOf(model).map(({ name, shape }) => [name, shape.join()]))
    for (const { name, shape } of parseLayout(bytes).ranges)
      if (shapes.get(name) !== shape.join()) refuse('weights-other-network', { variable: name })
  }

  #checkFits(bytes: Uint8Array, { run, step }: BranchPoint, config: RunConfig): void {
    const { metadata } = parseLayout(bytes)
    if (metadata['step'] !== String(step)) refuse('branch-other-bits', { run, step })
    const written = WrittenConfig.parse(JSON.parse(metadata['config'] ?? '{}'))
    if (canonicalJson(skeletonOf(written)) !== canonicalJson(skeletonOf(config)))
      refuse('branch-other-network', { run, step })
  }
}
