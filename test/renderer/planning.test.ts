import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import type { DatasetEntry } from '../../core/data/dataset.ts'
import type { ReadingWishes } from '../../core/reading/readingWishes.ts'
import { phrase } from '../../core/words/phrases.ts'
import { Planning } from '../../renderer/state/planning.svelte.ts'
import { animals } from './dataSets.ts'
import { Answers, calls, connected, LabEnd, refusal, settled, until } from './labEnd.ts'
import { planned } from './planned.ts'
import { Plannings } from './plannings.ts'

const imports = new Answers<
  { dataset: string; path: string; name?: string | undefined; wishes?: ReadingWishes | undefined },
  DatasetEntry
>()
const plannings = new Plannings()
const end = new LabEnd({
  datasets: { import: calls.datasets.import.handler(imports.take), plan: plannings.handler },
})
const lab = await connected(end)
afterAll(() => end.end())

let taken: DatasetEntry[]

beforeEach(() => {
  taken = []
  plannings.begun.length = 0
  imports.forget()
})

/** Types a path, and looks at what is there. */
async function typed(path: string): Promise<{ planning: Planning; looked: Promise<void> }> {
  const planning = new Planning(lab, (entry) => taken.push(entry))
  planning.typed = path
  const looked = planning.lookAtTyped()
  await until(() => plannings.begun.length === 1)
  return { planning, looked }
}

const progress = { stage: 'looking', done: 3, total: 9, perSecond: null, secondsLeft: null } as const

describe('own images at a path', () => {
  it('are looked at, and nothing is taken before the person says so', async () => {
    const { planning, looked } = await typed(' /home/me/pets.zip ')
    expect(plannings.begun[0]?.path).toBe('/home/me/pets.zip')
    expect([planning.looksAt('path'), planning.looksAt('files')]).toEqual([true, false])
    plannings.begun[0]?.tell({ kind: 'progress', ...progress })
    await until(() => planning.progress !== null)
    expect(planning.progress).toMatchObject(progress)
    plannings.begun[0]?.tell(planned())
    await looked
    expect([planning.name, planning.place, planning.looksAt('path')]).toEqual(['pets', 0, false])
    expect(planning.reading).toEqual(planned().readings[0])
    expect(imports.asked).toEqual([])
  })

  it('are taken under the name and in the reading that were chosen', async () => {
    const { planning, looked } = await typed('/home/me/pets')
    plannings.begun[0]?.tell(planned())
    await looked
    planning.choose(1)
    planning.name = ' My pets '
    const done = planning.take()
    await until(() => imports.asked.length === 1)
    expect(planning.busy).toBe(true)
    planning.cancel()
    imports.give(0, animals)
    await done
    expect(imports.asked).toEqual([
      { dataset: 'own', path: '/home/me/pets', name: 'My pets', wishes: { labelsFrom: 'table', labelColumn: 'breed' } },
    ])
    expect(taken).toEqual([animals])
    // The path stays: an import that fails later can be begun again with it corrected.
    expect([planning.planned, planning.files, planning.typed, planning.busy]).toEqual([
      null,
      null,
      '/home/me/pets',
      false,
    ])
  })

  it('that may be meant in several ways are not taken before one is chosen', async () => {
    const { planning, looked } = await typed('/home/me/pets')
    plannings.begun[0]?.tell(planned(phrase('file-gone', {})))
    await looked
    expect([planning.place, planning.reading]).toEqual([null, null])
    await planning.take()
    expect(imports.asked).toEqual([])
    planning.choose(0)
    planning.name = '  '
    await planning.take()
    expect(imports.asked).toEqual([])
  })

  it('that have no reading are refused, and the path stays for another try', async () => {
    const { planning, looked } = await typed('/home/me/pets')
    plannings.begun[0]?.refuse()
    await looked
    expect(planning.refusal).toEqual({ given: 'path', problem: refusal.problem })
    expect([planning.planned, planning.files, planning.typed]).toEqual([null, null, '/home/me/pets'])
    const again = planning.lookAtTyped()
    await until(() => plannings.begun.length === 2)
    expect(planning.refusal).toBeNull()
    plannings.begun[1]?.tell(planned())
    await again
    expect(planning.planned).not.toBeNull()
  })

  it('stay shown where the lab refuses to take them', async () => {
    const { planning, looked } = await typed('/home/me/pets')
    plannings.begun[0]?.tell(planned())
    await looked
    const done = planning.take()
    await until(() => imports.asked.length === 1)
    imports.refuse(0)
    await done
    expect(planning.problem).toEqual(refusal.problem)
    expect([planning.planned === null, planning.busy, taken]).toEqual([false, false, []])
  })

  it('are no longer looked at when the person cancels', async () => {
    const { planning, looked } = await typed('/home/me/pets')
    planning.cancel()
    await looked
    await until(() => plannings.begun[0]?.ended === true)
    expect([planning.files, planning.planned, planning.refusal, planning.typed]).toEqual([
      null,
      null,
      null,
      '/home/me/pets',
    ])
  })

  it('are looked at one after another: the newest counts', async () => {
    const { planning, looked } = await typed('/home/me/pets')
    planning.typed = '/home/me/birds'
    const again = planning.lookAtTyped()
    await looked
    await until(() => plannings.begun.length === 2)
    plannings.begun[1]?.tell(planned())
    await again
    expect([planning.name, plannings.begun[0]?.ended]).toEqual(['birds', true])
  })

  it('in a packed set are taken at once, under the name that it states', async () => {
    const { looked } = await typed('/home/me/pets.convlab')
    plannings.begun[0]?.tell({ kind: 'packed', name: 'Pets' })
    await until(() => imports.asked.length === 1)
    imports.give(0, animals)
    await looked
    expect(imports.asked).toEqual([{ dataset: 'own', path: '/home/me/pets.convlab' }])
    expect(taken).toEqual([animals])
  })

  it('in a packed set of something else are refused in place', async () => {
    const { planning, looked } = await typed('/home/me/mnist.convlab')
    plannings.begun[0]?.tell({ kind: 'packed', name: 'MNIST' })
    await until(() => imports.asked.length === 1)
    imports.refuse(0)
    await looked
    expect(planning.refusal?.problem).toEqual(refusal.problem)
    expect([planning.files, planning.busy]).toEqual([null, false])
  })

  it('are not looked for where no path is typed', async () => {
    const planning = new Planning(lab, () => undefined)
    planning.typed = '  '
    await planning.lookAtTyped()
    await settled()
    expect(plannings.begun).toEqual([])
  })
})
