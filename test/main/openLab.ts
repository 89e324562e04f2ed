import { createRouterClient } from '@orpc/server'
import { onTestFinished } from 'vitest'
import type { RunChoices } from '../../core/run/choices.ts'
import { requestFor } from '../../core/run/presets.ts'
import type { RunRequest, RunSummary } from '../../core/run/run.ts'
import type { LabEvent } from '../../core/contract/windowContract.ts'
import { router } from '../../main/api/router.ts'
import { forkEngine, type EngineProcess, type LaunchEngine } from '../../main/engine/host/engineHost.ts'
import type { Home } from '../../main/files/places.ts'
import type { WindowClient } from '../../main/homeSocket/ownerLink.ts'
import type { Lab } from '../../main/lab.ts'
import { openServedLab } from '../../main/shells/openServedLab.ts'
import { smallCard } from './smallHome.ts'

export interface OpenLab {
  readonly lab: Lab
  readonly client: WindowClient
  /** The engines that were started, oldest first. */
  readonly engines: EngineProcess[]
}

/** A lab over real engines, closed at the end of the test. */
export async function openLab(
  home: Home,
  shell: 'cli' | 'browser' = 'cli',
  launch: LaunchEngine = forkEngine,
): Promise<OpenLab> {
  const engines: EngineProcess[] = []
  const launchEngine: LaunchEngine = (role, threads) => {
    const engine = launch(role, threads)
    engines.push(engine)
    return engine
  }
  const lab = await openServedLab({ home: home.folder, shell, launchEngine, warm: false })
  onTestFinished(() => lab.close())
  return { lab, client: createRouterClient(router, { context: { lab } }), engines }
}

/** A request for the small set. */
export function smallRequest(lab: Lab, choices: RunChoices): RunRequest {
  const { prepared } = lab.datasets.entry(smallCard.id)
  if (prepared === null) throw new Error('the small set is not ready')
  return requestFor('seed', smallCard, prepared, { batch: 20, ...choices })
}

/** All events after a number, up to and including the one that is wanted. */
export async function eventsUntil(lab: Lab, after: number, wanted: (event: LabEvent) => boolean): Promise<LabEvent[]> {
  const events: LabEvent[] = []
  for await (const event of lab.events.follow(after)) {
    events.push(event)
    if (wanted(event)) break
  }
  return events
}

/** Whether an event says that this run no longer trains. */
export function restOf(run: number): (event: LabEvent) => boolean {
  return (event) => event.kind === 'run' && event.run.id === run && event.run.state !== 'training'
}

/** Waits until a run no longer trains. */
export async function rested(lab: Lab, run: number, after: number): Promise<RunSummary> {
  await eventsUntil(lab, after, restOf(run))
  return lab.runs.detail(run)
}

/** Waits until a run has reached a step. */
export async function reached(lab: Lab, run: number, step: number): Promise<void> {
  if (lab.history.run(run).step >= step) return
  await eventsUntil(
    lab,
    0,
    (event) => event.kind === 'steps' && event.run === run && event.first + event.loss.length > step,
  )
}
