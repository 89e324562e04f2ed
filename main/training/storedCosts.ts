import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { canonicalJson } from '../../core/numbers/canonicalJson.ts'
import { StepCosts } from '../../core/network/stepTimes.ts'
import type { EngineIdentity } from '../../core/run/run.ts'
import { writeFileAtomically } from '../files/atomicFile.ts'

/** Engines whose costs are kept: a home folder may be used from several computers. */
const kept = 16

const CostsFile = z.array(StepCosts)

/** What of an engine decides how long its operations take. The version of Node does not. */
function keyOf({ node: _, ...engine }: EngineIdentity): string {
  return canonicalJson(engine)
}

/**
 * What operations cost, by the engine it was measured with, in a file of the home folder. It can be measured again, so a
 * file that is missing or damaged is no loss.
 */
export class StoredCosts {
  readonly #file: string

  constructor(file: string) {
    this.#file = file
  }

  /** The costs on an engine; null where they have not been measured. */
  async of(engine: EngineIdentity): Promise<StepCosts | null> {
    return (await this.#all()).find((costs) => keyOf(costs.engine) === keyOf(engine)) ?? null
  }

  /** Stores the costs on an engine in place of earlier ones. @throws LabError `disk-full` or `write-failed`. */
  async keep(costs: StepCosts): Promise<void> {
    const others = (await this.#all()).filter(({ engine }) => keyOf(engine) !== keyOf(costs.engine))
    const text = `${JSON.stringify([costs, ...others].slice(0, kept), null, 2)}\n`
    await writeFileAtomically(this.#file, [Buffer.from(text)])
  }

  /** All that is stored, the newest first. Nothing where the file cannot be read or a newer Conv Lab wrote it. */
  async #all(): Promise<StepCosts[]> {
    const text = await readFile(this.#file, 'utf8').catch(() => null)
    if (text === null) return []
    try {
      return CostsFile.catch([]).parse(JSON.parse(text))
    } catch (thrown) {
      if (thrown instanceof SyntaxError) return []
      throw thrown
    }
  }
}
