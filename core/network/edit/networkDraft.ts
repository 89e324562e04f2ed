import { z } from 'zod'
import { PresetId } from '../../run/presetId.ts'
import { refuse } from '../../words/problems.ts'
import { Network } from '../network.ts'
import { NetworkName, NetworkVersionNumber } from '../savedNetwork.ts'
import type { EditHistory } from './editHistory.ts'

/** What the editor began with. */
export const NetworkBeginning = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('empty') }),
  z.strictObject({ kind: z.literal('preset'), preset: PresetId }),
  z.strictObject({ kind: z.literal('saved'), name: NetworkName, version: NetworkVersionNumber }),
  z.strictObject({ kind: z.literal('run'), run: z.int().min(1) }),
  z.strictObject({ kind: z.literal('file'), name: z.string() }),
])
export type NetworkBeginning = z.infer<typeof NetworkBeginning>

/** Where a network comes from: what it was begun with, and how it was then or when it was last saved. */
const NetworkOrigin = z.strictObject({ beginning: NetworkBeginning, base: Network })
export type EditedOrigin = Readonly<z.infer<typeof NetworkOrigin>>

/** A network that is edited, and where it comes from. */
export interface EditedNetwork {
  readonly network: Network
  readonly origin: EditedOrigin
}

/** What the editor is at. */
export interface NetworkDraftState {
  readonly history: EditHistory<EditedNetwork>
  /** Name of the selected layer, `input` or `output`. */
  readonly selected: string
}

/** A network with the index of its origin. */
const State = z.strictObject({ network: Network, origin: z.int().min(0) })
type State = z.infer<typeof State>

const WrittenDraft = z
  .strictObject({
    format: z.literal(1),
    origins: z.array(NetworkOrigin).min(1),
    past: z.array(State),
    now: State,
    future: z.array(State),
    selected: z.string(),
  })
  .refine(({ origins, past, now, future }) => [...past, now, ...future].every(({ origin }) => origin < origins.length))

/** The most steps back, and forth, that are kept when the window closes. While it is open there is no limit. */
const mostSteps = 100

/** Characters that all kept steps may take, so that a large network is kept at each key without delay. */
const mostCharacters = 400_000

/** How many steps of a network as large as this one are kept. */
function keptSteps({ network }: EditedNetwork): number {
  const { length } = JSON.stringify(network)
  return Math.min(mostSteps, Math.floor(mostCharacters / length))
}

/** The draft as a text to keep. */
export function draftText({ history, selected }: NetworkDraftState): string {
  const steps = keptSteps(history.now)
  const past = steps === 0 ? [] : history.past.slice(-steps)
  const future = history.future.slice(0, steps)
  const origins = [...new Set([...past, history.now, ...future].map(({ origin }) => origin))]
  const written = ({ network, origin }: EditedNetwork): State => ({ network, origin: origins.indexOf(origin) })
  return JSON.stringify({
    format: 1,
    origins,
    past: past.map(written),
    now: written(history.now),
    future: future.map(written),
    selected,
  } satisfies z.infer<typeof WrittenDraft>)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return null
    throw thrown
  }
}

/**
 * Reads what `draftText` wrote.
 * @throws LabError `network-draft-unread` for anything else.
 */
export function readDraft(text: string): NetworkDraftState {
  const read = WrittenDraft.safeParse(parsed(text))
  if (!read.success) return refuse('network-draft-unread', {})
  const { origins, past, now, future, selected } = read.data
  const state = ({ network, origin }: State): EditedNetwork => ({ network, origin: origins[origin] })
  return { history: { past: past.map(state), now: state(now), future: future.map(state), step: null }, selected }
}
