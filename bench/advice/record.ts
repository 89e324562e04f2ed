// Records the runs on which advice is measured (docs/advice.md):
//   node bench/advice/record.ts --home HOME [--only NAME]
// HOME is a home folder with CIFAR-10, CIFAR-100, MNIST, Fashion-MNIST and Conv Lab Shapes. What is recorded already
// stays.
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { viewOf, usualChoice } from '../../core/data/datasetView.ts'
import { requestFor } from '../../core/run/presets.ts'
import type { RunRequest } from '../../core/run/run.ts'
import { forkEngine } from '../../main/engine/host/engineHost.ts'
import { homePlaces, type Home } from '../../main/files/places.ts'
import { Lab } from '../../main/lab.ts'
import { observeRun } from '../../main/training/observeRun.ts'
import { placeCut } from './cutSets.ts'
import { plannedRuns, type PlannedRun } from './plannedRuns.ts'
import { recordingText } from './recording.ts'

const curves = new URL('curves/', import.meta.url)

function requestOf(lab: Lab, { cut, preset, choices, change }: PlannedRun): RunRequest {
  const entry = lab.datasets.entry(cut.set)
  if (entry.prepared === null) throw new Error(`${entry.name} is not ready`)
  const request = requestFor(preset, viewOf(entry, usualChoice(entry)), entry.prepared, choices)
  return change === undefined ? request : { ...request, config: change(request.config) }
}

async function record(lab: Lab, planned: PlannedRun): Promise<void> {
  const { id } = lab.runs.start(requestOf(lab, planned))
  await lab.runs.atRest()
  const run = await observeRun(lab, id)
  const { name, trouble, part } = planned
  const command = `node bench/advice/record.ts --home HOME --only ${name}`
  await writeFile(new URL(`${name}.json`, curves), recordingText({ name, command, trouble, part, run }))
  const last = run.evaluations.at(-1)
  console.log(
    `${name}: ${run.state} at step ${run.step}, loss ${run.loss.mean.at(-1)?.toFixed(3)}, accuracy ${run.accuracy.mean.at(-1)?.toFixed(3)}, test ${last?.accuracy.toFixed(3)}`,
  )
}

async function recordCut(from: Home, runs: readonly PlannedRun[]): Promise<void> {
  const home = homePlaces(await mkdtemp(path.join(tmpdir(), 'conv-lab-advice-')))
  try {
    await placeCut(from, home, runs[0].cut)
    const lab = await Lab.open({
      home: home.folder,
      shell: 'cli',
      launchEngine: forkEngine,
      warm: true,
    })
    try {
      for (const run of runs) await record(lab, run)
    } finally {
      await lab.close()
    }
  } finally {
    await rm(home.folder, { recursive: true, force: true })
  }
}

const { home, only } = parseArgs({ options: { home: { type: 'string' }, only: { type: 'string' } } }).values
if (home === undefined) throw new Error('say with --home which home folder has the data sets')
const wanted = plannedRuns().filter(({ name }) =>
  only === undefined ? !existsSync(new URL(`${name}.json`, curves)) : name === only,
)
for (const [, runs] of Map.groupBy(wanted, ({ cut }) => JSON.stringify(cut))) await recordCut(homePlaces(home), runs)
