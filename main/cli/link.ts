import { createRouterClient } from '@orpc/server'
import { setTimeout as delay } from 'node:timers/promises'
import { LabError, type Problem } from '../../core/words/problems.ts'
import { router } from '../api/router.ts'
import { forkEngine } from '../engine/host/engineHost.ts'
import { homePlaces, type Home } from '../files/places.ts'
import { connectToOwner, type WindowClient } from '../homeSocket/ownerLink.ts'
import type { Lab } from '../lab.ts'
import { openServedLab } from '../shells/openServedLab.ts'

/** A connection to the lab, which is in this process or in the one that owns the home folder. */
export interface LabLink {
  readonly client: WindowClient
  /** Whether this process is the lab. */
  readonly owns: boolean
  /** Whether the lab still answers; false when its owner has ended. */
  readonly isOpen: () => boolean
  /** Resolves when another Conv Lab has taken the folder of the lab in this process; as `Lab.taken`. */
  readonly taken: Promise<Problem>
  /**
   * Resolves when nobody else uses the lab through this process, and nothing that was queued here trains or is about
   * to.
   */
  idle(): Promise<void>
  close(): Promise<void>
}

/**
 * How long to wait for an owner that is just opening or closing, and the pause between two tries, in milliseconds.
 */
const ownerTimeout = 10_000
const pause = 150

/**
 * Connects to the owner of a home folder. Without one, this process becomes the owner.
 * @throws LabError as `openServedLab` does.
 */
export async function openLink(folder: string): Promise<LabLink> {
  const home = homePlaces(folder)
  const deadline = performance.now() + ownerTimeout
  for (;;) {
    const link = (await linkToOwner(home)) ?? (await becomeOwner(home, performance.now() < deadline))
    if (link !== null) return link
    await delay(pause)
  }
}

async function linkToOwner(home: Home): Promise<LabLink | null> {
  const owner = await connectToOwner(home)
  if (owner === null) return null
  return {
    client: owner.client,
    owns: false,
    isOpen: owner.isOpen,
    taken: new Promise<never>(() => undefined),
    idle: () => Promise.resolve(),
    close: () => Promise.resolve(owner.close()),
  }
}

/** @returns null if another owner holds the folder and `patient` allows another try. */
async function becomeOwner(home: Home, patient: boolean): Promise<LabLink | null> {
  try {
    const lab = await openServedLab({ home: home.folder, shell: 'cli', launchEngine: forkEngine, warm: false })
    return {
      client: createRouterClient(router, { context: { lab } }),
      owns: true,
      isOpen: () => true,
      taken: lab.taken,
      idle: () => quiet(lab),
      close: () => lab.close(),
    }
  } catch (thrown) {
    if (patient && thrown instanceof LabError && thrown.problem.code === 'home-in-use') return null
    throw thrown
  }
}

async function quiet(lab: Lab): Promise<void> {
  do {
    await lab.idle()
    await lab.runs.atRest()
    await lab.idle()
  } while (lab.runs.training)
}
