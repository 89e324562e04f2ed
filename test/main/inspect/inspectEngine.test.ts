// @module-tag slow
import { createHash } from 'node:crypto'
import { expect, onTestFinished, test } from 'vitest'
import type { InspectImage } from '../../../core/contract/inspectContract.ts'
import type { ImageChoice } from '../../../core/inspect/imageChoice.ts'
import { requestFor } from '../../../core/run/presets.ts'
import { sentenceOf } from '../../../core/words/problems.ts'
import { failureOf } from '../../../main/cli/failure.ts'
import { bytesText } from '../../../main/engine/shared/base64.ts'
import { EngineHost, forkEngine, type EngineProcess } from '../../../main/engine/host/engineHost.ts'
import { InspectEngine } from '../../../main/inspect/inspectEngine.ts'
import { posixOnly } from '../../platforms.ts'
import { openLab } from '../openLab.ts'
import { smallCard, smallHome } from '../smallHome.ts'
import { storedRun } from './storedRun.ts'

/** A real engine with this idle time, and the processes that it started. */
function opened(idleMs?: number): {
  engine: InspectEngine
  started: EngineProcess[]
  ask: () => Promise<readonly number[]>
} {
  const started: EngineProcess[] = []
  const launch = (): EngineProcess => {
    const engine = forkEngine()
    started.push(engine)
    return engine
  }
  const engine = new InspectEngine({
    open: () => new EngineHost({ launch, onStatus: () => undefined }),
    ...(idleMs === undefined ? {} : { idleMs }),
  })
  onTestFinished(() => engine.close())
  const { config } = requestFor('seed', smallCard, { sha256: createHash('sha256').digest('hex') }, { batch: 20 })
  const { height, width, channels } = smallCard.image
  const image: InspectImage = { height, width, channels, pixels: bytesText(new Uint8Array(height * width * channels)) }
  const ask = async () => (await engine.ask((inspect) => inspect.entering({ config, image }))).shape
  return { engine, started, ask }
}

const exitOf = (engine: EngineProcess): Promise<string> => new Promise((resolve) => engine.onExit(resolve))
const timers = (): number => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length

test('is started by the first question, and given back after its idle time; the next question starts another', async () => {
  const { engine, started, ask } = opened(1)
  expect(await engine.memory()).toBe(0)
  expect(await Promise.all([ask(), ask(), ask()])).toEqual([1, 2, 3].map(() => [24, 24, 3]))
  expect(started).toHaveLength(1)
  await exitOf(started[0])
  expect(await engine.memory()).toBe(0)
  expect(await ask()).toEqual([24, 24, 3])
  expect(started).toHaveLength(2)
})

test('answers a question that comes while it closes', async () => {
  const { engine, started, ask } = opened()
  await ask()
  const closing = engine.close()
  expect(await ask()).toEqual([24, 24, 3])
  await closing
  expect(started).toHaveLength(2)
  expect(await engine.memory()).toBeGreaterThan(0)
})

test('keeps no timer that would keep a program alive', async () => {
  const { ask } = opened()
  await ask()
  const before = timers()
  await ask()
  expect(timers()).toBe(before)
})

posixOnly('Windows stops no programs for a while')(
  'that is killed in the middle of a question ends it in a sentence, and a new one answers the next',
  async () => {
    const { client, lab, engines } = await openLab(await smallHome())
    const { run } = await storedRun(lab, { card: smallCard })
    const image: ImageChoice = { kind: 'stored', split: 'test', number: 3 }
    const question = { run, checkpoint: 'last', image } as const
    const { logits } = await client.look.predict(question)
    const [first] = engines

    // Stopped, it takes the question and cannot answer it.
    first.kill('SIGSTOP')
    const asked = client.look.predict(question).then(
      () => 'answered',
      (thrown: unknown) => sentenceOf(failureOf(thrown, true), 'en'),
    )
    first.kill('SIGKILL')
    expect(await asked).toBe(
      'The process that looks inside networks ended unexpectedly (SIGKILL). No training was disturbed. Ask again: a new process will answer.',
    )
    expect(await client.look.predict(question)).toMatchObject({ logits })
    expect(engines).toHaveLength(2)
  },
)
