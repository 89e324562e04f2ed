// The program on a node of a cluster: starts an engine, hands it one order, and tells each of its events as a line.
// Its parameter is the folder in which the engine works. Standard input: the order, then `{"hold": "paused"}` or
// `{"hold": "stopped"}`. Where it closes, the one who asked is gone: the engine and this end, and the folder is deleted,
// because nobody else can any more.
import { rmSync } from 'node:fs'
import { createInterface } from 'node:readline'
import type { TrainOrder } from '../../../core/contract/engineContract.ts'
import { problemOf } from '../../../core/words/problems.ts'
import { EngineHost, forkEngine } from '../../engine/host/engineHost.ts'
import { Asked, NodeOrder, type NodeEvent } from '../nodeLines.ts'

/** Exit code where nobody listens any more. */
const leftAlone = 2

const [, , workFolder = ''] = process.argv
let isAlone = false

const engine = new EngineHost({ launch: forkEngine, onStatus: () => undefined })

function tell(event: NodeEvent): void {
  process.stdout.write(`${JSON.stringify(event)}\n`)
}

function leave(code: number): void {
  if (isAlone) rmSync(workFolder, { recursive: true, force: true })
  // An engine that still runs ends when the channel to this process closes.
  process.exit(isAlone ? leftAlone : code)
}

async function leaveAlone(): Promise<void> {
  isAlone = true
  // It would write into the folder.
  engine.kill()
  await engine.close()
  leave(leftAlone)
}

async function train(order: TrainOrder): Promise<void> {
  try {
    for await (const event of engine.train(order)) tell(event)
  } catch (thrown) {
    const { code } = problemOf(thrown)
    // Whoever sends runs sends this one again where its engine was lost.
    if (code === 'engine-crashed') return leave(1)
    tell({ kind: 'refused', problem: problemOf(thrown) })
  }
  await engine.close()
  // After the last line has been taken.
  process.stdout.write('', () => leave(0))
}

let isGiven = false
createInterface({ input: process.stdin })
  .on('line', (line) => {
    const asked: unknown = JSON.parse(line)
    if (isGiven) void engine.hold(Asked.parse(asked).hold).catch(() => leave(1))
    else {
      isGiven = true
      void train(NodeOrder.parse(asked))
    }
  })
  .on('close', () => void leaveAlone())
process.stdout.on('error', () => void leaveAlone())
