import { oc } from '@orpc/contract'
import { z } from 'zod'
import { Network } from '../network/network.ts'
import {
  NetworkDraft,
  NetworkEntry,
  NetworkName,
  NetworkNote,
  NetworkVersion,
  NetworkVersionNumber,
  SavedNetwork,
} from '../network/savedNetwork.ts'
import { Problem } from '../words/problems.ts'

const call = oc.errors({ PROBLEM: { data: Problem } })

const named = z.strictObject({ name: NetworkName })

/** Networks of one's own. Names are told apart regardless of capital letters. */
export const networksContract = {
  /** In the order of their names. */
  list: call.output(z.array(NetworkEntry)),
  /** The newest version of a network, or the one that is asked for. */
  get: call.input(named.extend({ version: NetworkVersionNumber.optional() })).output(SavedNetwork),
  /**
   * Saves a network under a name, as a new one or as a new version of the one that has it. What equals the newest
   * version makes none; the note becomes this one in any case. Refused under the name of a preset.
   */
  save: call.input(named.extend({ note: NetworkNote, network: Network })).output(SavedNetwork),
  /** Gives a network another name, with all its versions. Runs keep the name that it had. */
  rename: call.input(named.extend({ to: NetworkName })).output(NetworkEntry),
  /** Removes a network with all its versions. Runs that were begun with it have it and are as they were. */
  remove: call.input(named),
  /** All versions of a network, the newest first. */
  versions: call.input(named).output(z.array(NetworkVersion)),
  /** What the editor is at, kept so that closing the window loses nothing. */
  draft: {
    read: call.output(NetworkDraft),
    write: call.input(NetworkDraft),
  },
}
