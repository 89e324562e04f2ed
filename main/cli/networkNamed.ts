import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { type NamedNetwork, longestNetworkFile, readNetworkText } from '../../core/network/networkFile.ts'
import type { NetworkOrigin } from '../../core/network/savedNetwork.ts'
import { nameKey } from '../../core/words/nameKey.ts'
import type { Network } from '../../core/network/network.ts'
import { PresetId } from '../../core/run/presetId.ts'
import { phrase } from '../../core/words/phrases.ts'
import { LabError, refuse } from '../../core/words/problems.ts'
import type { WindowClient } from '../homeSocket/ownerLink.ts'
import { failureOf } from './failure.ts'
import { givenPath } from '../files/givenPath.ts'

/** A network that a person named: a preset's, or one of her own. */
export type FoundNetwork =
  | { readonly kind: 'preset'; readonly preset: PresetId }
  | { readonly kind: 'own'; readonly origin: NetworkOrigin; readonly note: string; readonly network: Network }

/** Whether a word looks like the path of a file. */
function isPath(word: string): boolean {
  return word.includes('/') || word.includes(path.sep) || /\.json$/i.test(word)
}

function isFile(word: string): Promise<boolean> {
  return stat(word).then(
    (found) => found.isFile(),
    () => false,
  )
}

/**
 * Reads a network from a file.
 * @throws LabError `network-file-unread`, or what `readNetworkText` throws.
 */
export async function readNetworkFile(file: string): Promise<NamedNetwork> {
  try {
    const { size } = await stat(file)
    if (size <= longestNetworkFile) return readNetworkText(await readFile(file, 'utf8'))
  } catch (thrown) {
    if (thrown instanceof LabError) throw thrown
    const detail = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : String(thrown)
    return refuse('network-file-unread', { path: file, detail }, { cause: thrown })
  }
  return refuse('network-file-foreign', { detail: phrase('file-too-long', { kilobytes: longestNetworkFile / 1000 }) })
}

async function networkInFile(word: string): Promise<FoundNetwork> {
  const { name, note, network } = await readNetworkFile(givenPath(word))
  const origin = { name: name ?? path.basename(word).replace(/\.json$/i, ''), version: null }
  return { kind: 'own', origin: { ...origin, name: [...origin.name].slice(0, 100).join('') }, note, network }
}

/** A saved network; null where none has this name. */
async function savedNetwork(client: WindowClient, name: string, version?: number): Promise<FoundNetwork | null> {
  try {
    const saved = await client.networks.get({ name, version })
    const origin = { name: saved.name, version: saved.version }
    return { kind: 'own', origin, note: saved.note, network: saved.network }
  } catch (thrown) {
    if (failureOf(thrown, true).code === 'network-unknown') return null
    throw thrown
  }
}

/**
 * The network that a word means: a file that is there, where it looks like a path; otherwise a network of one's own, a
 * preset, or a file at last.
 * @param version Of a network of one's own; left out: the newest.
 * @throws LabError `network-unknown`, `network-version-unknown`, or why a file cannot be read.
 */
export async function networkNamed(client: WindowClient, word: string, version?: number): Promise<FoundNetwork> {
  const exists = await isFile(word)
  if (isPath(word) && exists) return networkInFile(word)
  const saved = await savedNetwork(client, word, version)
  if (saved !== null) return saved
  const preset = PresetId.options.find((id) => id === nameKey(word))
  if (preset !== undefined) return { kind: 'preset', preset }
  // Of what looks like a path the file is said to be missing, not the network.
  return exists || isPath(word) ? networkInFile(word) : refuse('network-unknown', { network: word })
}
