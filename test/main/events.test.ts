import { expect, test } from 'vitest'
import type { LabEvent } from '../../core/contract/windowContract.ts'
import { EventHub } from '../../main/events.ts'

function publish(hub: EventHub, count: number): void {
  for (let index = 0; index < count; index += 1)
    hub.publish({ kind: 'memory', memory: { usedBytes: index, totalBytes: 1 } })
}

async function take(events: AsyncGenerator<LabEvent>, count: number): Promise<LabEvent[]> {
  const taken: LabEvent[] = []
  while (taken.length < count) {
    const next = await events.next()
    if (next.done === true) break
    taken.push(next.value)
  }
  return taken
}

const numbers = (events: readonly LabEvent[]): number[] => events.map((event) => event.sequence)

test('events are numbered from one without gaps and reach every listener in order', async () => {
  const hub = new EventHub()
  const one = hub.follow(0)
  const other = hub.follow(0)
  const first = take(one, 3)
  const second = take(other, 3)
  publish(hub, 3)
  expect(numbers(await first)).toEqual([1, 2, 3])
  expect(numbers(await second)).toEqual([1, 2, 3])
  expect(hub.sequence).toBe(3)
})

test('who comes late gets what followed the number it knows', async () => {
  const hub = new EventHub()
  publish(hub, 5)
  expect(numbers(await take(hub.follow(3), 2))).toEqual([4, 5])
})

test('who is too late gets a reset with the newest number and goes on from there', async () => {
  const hub = new EventHub(4)
  publish(hub, 10)
  const events = hub.follow(5)
  expect(await take(events, 1)).toEqual([{ kind: 'reset', sequence: 10 }])
  publish(hub, 1)
  expect(numbers(await take(events, 1))).toEqual([11])
  expect(numbers(await take(hub.follow(7), 4))).toEqual([8, 9, 10, 11])
})

test('a number that was never given belongs to an earlier process and begins with a reset', async () => {
  const hub = new EventHub()
  publish(hub, 2)
  expect(await take(hub.follow(99), 1)).toEqual([{ kind: 'reset', sequence: 2 }])
})

test('a listener that does not read is passed over and learns it', async () => {
  const hub = new EventHub(4)
  const events = hub.follow(0)
  publish(hub, 1)
  expect(numbers(await take(events, 1))).toEqual([1])
  publish(hub, 100)
  expect(await take(events, 1)).toEqual([{ kind: 'reset', sequence: 101 }])
})

test('an abort ends a waiting listener and is no longer counted', async () => {
  const hub = new EventHub()
  const controller = new AbortController()
  const waiting = take(hub.follow(0, controller.signal), 1)
  expect(hub.listeners).toBe(1)
  controller.abort()
  expect(await waiting).toEqual([])
  expect(hub.listeners).toBe(0)
})

test('leaving a loop is counted too', async () => {
  const hub = new EventHub()
  publish(hub, 1)
  for await (const event of hub.follow(0)) {
    expect(event.sequence).toBe(1)
    break
  }
  expect(hub.listeners).toBe(0)
})

test('closing delivers what was told and then ends', async () => {
  const hub = new EventHub()
  const events = hub.follow(0)
  const all = take(events, 10)
  publish(hub, 2)
  hub.close()
  expect(numbers(await all)).toEqual([1, 2])
})
