import { z } from 'zod'
import { ModelInput } from './model.ts'
import { Network } from './network.ts'
import { PresetId } from '../run/presetId.ts'
import { nameKey } from '../words/nameKey.ts'
import { refuse } from '../words/problems.ts'

/** The most characters of a network's name. */
const longestName = 100

/** The name of a network: 1 to 100 characters of any script, checked in a sentence by `checkNetworkName`. */
export const NetworkName = z.string().max(1000)

/** A note about a network. */
export const NetworkNote = z.string().max(10_000)

export const NetworkVersionNumber = z.int().min(1)

/**
 * Which network of one's own a run was begun with. The run has the network itself; this is what it was called then.
 * Version null: it came from a file and was not saved.
 */
export const NetworkOrigin = z.strictObject({ name: NetworkName, version: NetworkVersionNumber.nullable() })
export type NetworkOrigin = z.infer<typeof NetworkOrigin>

/** A saved network as lists show it. */
export const NetworkEntry = z.strictObject({
  name: NetworkName,
  note: NetworkNote,
  /** The newest version. */
  version: NetworkVersionNumber,
  /** How many layers that has. */
  layers: z.int().min(0),
  /** The image that it is bound to; null for a free network. */
  input: ModelInput.nullable(),
  createdAt: z.iso.datetime(),
  savedAt: z.iso.datetime(),
})
export type NetworkEntry = z.infer<typeof NetworkEntry>

/** A version of a saved network. */
export const SavedNetwork = z.strictObject({
  name: NetworkName,
  note: NetworkNote,
  version: NetworkVersionNumber,
  network: Network,
  savedAt: z.iso.datetime(),
})
export type SavedNetwork = z.infer<typeof SavedNetwork>

/** A version as the list of versions shows it, with its network, so that versions can be compared. */
export const NetworkVersion = z.strictObject({
  version: NetworkVersionNumber,
  network: Network,
  savedAt: z.iso.datetime(),
})
export type NetworkVersion = z.infer<typeof NetworkVersion>

/** The longest draft, in characters: what the editor is at, with what can be undone. */
export const longestDraft = 16_000_000

/** What the editor is at, as it wrote it; null where there is none. */
export const NetworkDraft = z.strictObject({ text: z.string().max(longestDraft).nullable() })
export type NetworkDraft = z.infer<typeof NetworkDraft>

/** What the window calls the presets, in keys, where that is not `<id> network`. */
const presetNames: readonly string[] = [
  'lab network',
  'сеть из лабораторной',
  'быстрая сеть',
  'глубокая сеть',
  'сеть для цифр',
  'сеть для одежды',
]

/** Whether a name is that of a preset, also as the window writes it in either language. */
function isPresetName(name: string): boolean {
  const key = nameKey(name)
  return presetNames.includes(key) || PresetId.options.some((id) => id === key || `${id} network` === key)
}

/**
 * Checks a name that a person gives to a network.
 * @returns the name without outer blanks.
 * @throws LabError `network-name-blank`, `network-name-too-long` or `network-name-of-preset`.
 */
export function checkNetworkName(name: string): string {
  // Neither spaces nor characters that nothing is seen of.
  if (!/[^\p{Z}\p{C}]/u.test(name)) refuse('network-name-blank', { name })
  const trimmed = name.trim().normalize('NFC')
  const { length } = [...trimmed]
  if (length > longestName) refuse('network-name-too-long', { length, most: longestName })
  if (isPresetName(trimmed)) refuse('network-name-of-preset', { name: trimmed })
  return trimmed
}
