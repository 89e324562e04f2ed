import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { usualChoice, viewOf } from '../../core/data/datasetView.ts'
import { exampleDataset, exampleRequests } from '../../core/example/exampleRequests.ts'
import type { ExampleKey, RecordedExample, RecordedRun } from '../../core/example/recordedRun.ts'
import type { RunRequest } from '../../core/run/run.ts'
import { LabError } from '../../core/words/problems.ts'
import { readCheckpoint } from '../../main/engine/checkpoint/checkpointFile.ts'
import { forkEngine } from '../../main/engine/host/engineHost.ts'
import { exampleFolder, recordedCheckpoints, recordedFile } from '../../main/example/exampleFiles.ts'
import { checkpointFolder } from '../../main/files/places.ts'
import { replaceFolder } from '../../main/files/replaceFolder.ts'
import { Lab } from '../../main/lab.ts'
import { SetupProblem } from '../../setup/problem.mjs'

/** More than any run of the example has. */
const allRows = 10_000

/** Trains one run to its end. */
async function train(lab: Lab, request: RunRequest): Promise<{ id: number; evaluationSeconds: Map<number, number> }> {
  const evaluationSeconds = new Map<number, number>()
  const { sequence } = lab.events
  const { id } = lab.runs.start(request)
  for await (const event of lab.events.follow(sequence)) {
    if (event.kind === 'evaluated' && event.run === id) evaluationSeconds.set(event.evaluation.step, event.seconds)
    if (event.kind === 'run' && event.run.id === id && event.run.state !== 'training') break
  }
  return { id, evaluationSeconds }
}

/** What the history holds of a finished run, with its checkpoint files in the example's folder. */
async function record(lab: Lab, key: ExampleKey, request: RunRequest, into: string): Promise<RecordedRun> {
  const { id, evaluationSeconds } = await train(lab, request)
  const { state, config, trainImages, waitingSeconds, createdAt, endedAt, checkpoints, stretches } = lab.runs.detail(id)
  if (state !== 'done' || endedAt === null) throw new SetupProblem(`The run “${key}” ended as ${state}.`)
  const { loss, accuracy, seconds } = lab.history.steps({ run: id, after: 0, count: allRows })
  const folder = recordedCheckpoints(into, key)
  await mkdir(folder)
  const recorded: RecordedRun['checkpoints'] = []
  for (const checkpoint of checkpoints) {
    const from = path.join(checkpointFolder(lab.home, id), checkpoint.file)
    const { trainingSeconds } = await readCheckpoint({ path: from, sha256: checkpoint.sha256 }, config, () => false)
    await copyFile(from, path.join(folder, checkpoint.file))
    recorded.push({ ...checkpoint, trainingSeconds })
  }
  return {
    key,
    request,
    trainImages,
    waitingSeconds,
    createdAt,
    endedAt,
    engine: stretches[0].engine,
    steps: { loss: [...loss], accuracy: [...accuracy], seconds: [...seconds] },
    evaluations: lab.history
      .evaluations({ run: id, after: null, count: allRows })
      .map(({ step, loss: testLoss, accuracy: testAccuracy, validation }) => ({
        step,
        loss: testLoss,
        accuracy: testAccuracy,
        validation,
        evaluationSeconds: evaluationSeconds.get(step) ?? 0,
      })),
    health: lab.history.healthRows({ run: id, after: null, count: allRows }),
    checkpoints: recorded,
  }
}

/** Trains the example anew in a home folder of its own, and replaces the one that comes with the program. */
async function recordExample(): Promise<void> {
  const work = await mkdtemp(path.join(tmpdir(), 'conv-lab-example-'))
  const lab = await Lab.open({ home: path.join(work, 'home'), shell: 'cli', launchEngine: forkEngine, warm: false })
  try {
    lab.datasets.get(exampleDataset)
    const entry = await lab.datasets.whenSettled(exampleDataset)
    if (entry.prepared === null) throw new SetupProblem(`${entry.name} could not be drawn.`)
    const view = viewOf(entry, usualChoice(entry))
    const made = path.join(path.dirname(exampleFolder), '.example')
    await rm(made, { recursive: true, force: true })
    await mkdir(made, { recursive: true })
    const runs: RecordedRun[] = []
    for (const { key, request } of exampleRequests(view, entry.prepared)) {
      runs.push(await record(lab, key, request, made))
      console.log(`${key}: ${runs[runs.length - 1].evaluations.map(({ accuracy }) => accuracy.toFixed(3)).join(' ')}`)
    }
    const example: RecordedExample = { format: 1, runs }
    await writeFile(path.join(made, recordedFile), `${JSON.stringify(example)}\n`)
    await replaceFolder(made, exampleFolder)
    console.log(`The example is in ${exampleFolder}.`)
  } finally {
    await lab.close()
    await rm(work, { recursive: true, force: true })
  }
}

await recordExample().catch((thrown: unknown) => {
  console.error(thrown instanceof LabError || thrown instanceof SetupProblem ? thrown.message : thrown)
  process.exitCode = 1
})
