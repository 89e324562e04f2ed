import { createHash } from 'node:crypto'
import { canonicalJson } from '../../core/numbers/canonicalJson.ts'
import { RunConfig } from '../../core/run/run.ts'

/** A stored configuration: its canonical JSON, and the sha256 of exactly that text. */
export interface StoredConfig {
  readonly text: string
  readonly sha256: string
}

function sha256Of(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** The text and hash under which a configuration is stored. */
export function storedConfig(config: RunConfig): StoredConfig {
  const text = canonicalJson(config)
  return { text, sha256: sha256Of(text) }
}

/**
 * Reads stored configurations. The text is never rewritten: a later format adds its own schema here, and this one
 * stays. Each text is parsed only once, because lists of runs are requested often and a configuration never changes.
 */
export class ConfigReader {
  readonly #read = new Map<string, RunConfig>()

  /** @throws Error that says what is wrong with the stored text. */
  read({ text, sha256 }: StoredConfig): RunConfig {
    const known = this.#read.get(sha256)
    if (known !== undefined) return known
    if (sha256Of(text) !== sha256) throw new Error('its text does not have its sha256')
    const config = RunConfig.parse(JSON.parse(text))
    this.#read.set(sha256, config)
    return config
  }
}
