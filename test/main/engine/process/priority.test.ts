// @module-tag slow
import os from 'node:os'
import { expect, it, onTestFinished } from 'vitest'
import { EngineHost, forkEngine } from '../../../../main/engine/host/engineHost.ts'

it.each([
  ['normal', os.getPriority()],
  ['background', os.constants.priority.PRIORITY_BELOW_NORMAL],
  ['looking', os.getPriority()],
] as const)('an engine that is %s shares the processor as its role says', async (role, expected) => {
  const pids: (number | undefined)[] = []
  const host = new EngineHost({
    launch: () => {
      const engine = forkEngine(role)
      pids.push(engine.pid)
      return engine
    },
    onStatus: () => undefined,
  })
  onTestFinished(() => host.close())
  await host.ready()
  expect(os.getPriority(pids[0])).toBe(expected)
})
