import { expect, test } from 'vitest'
import { seenInTime } from '../../../main/browser/seenInTime.ts'

const never = new Promise<boolean>(() => undefined)

test('a page that comes is seen, however its browser ended', async () => {
  let looks = 0
  const arrived = (): boolean => (looks += 1) > 2
  for (const opened of [never, Promise.resolve(true)]) {
    looks = 0
    expect(await seenInTime({ opened, arrived, patience: 60_000 })).toBe(true)
  }
})

test('without a browser left nobody waits, and with one that shows nothing not for ever', async () => {
  const arrived = (): boolean => false
  expect(await seenInTime({ opened: Promise.resolve(false), arrived, patience: 1e9 })).toBe(false)
  for (const opened of [never, Promise.resolve(true)])
    expect(await seenInTime({ opened, arrived, patience: 300 })).toBe(false)
})
