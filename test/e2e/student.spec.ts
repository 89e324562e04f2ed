import { test } from '@playwright/test'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { startLab, type LabProcess } from './labProcess.ts'
import { walkAsStudent, type OpenedLab } from './studentWalk.ts'
import { openPage } from './windowActions.ts'

let home: string
let shell: LabProcess | null = null

/** Opens the browser shell's window in a Chromium of its own. */
async function openInChromium(folder: string): Promise<OpenedLab> {
  const started = await startLab(folder)
  shell = started
  const opened = await openPage(started)
  return {
    page: opened.page,
    complaints: opened.complaints,
    end: async () => {
      await opened.close()
      await started.end()
    },
    kill: async () => {
      await started.kill()
      await opened.close()
    },
  }
}

test.beforeAll(async () => {
  home = await mkdtemp(path.join(os.tmpdir(), 'conv-lab-student-'))
})

test.afterAll(async () => {
  await shell?.kill().catch((thrown: unknown) => {
    // It has ended already where the test went through.
    if (!(thrown instanceof Error && 'code' in thrown && thrown.code === 'ESRCH')) throw thrown
  })
  await rm(home, { recursive: true, force: true })
})

test(
  'a student gets CIFAR-10, trains, pauses, survives a closed and a killed lab, and compares two runs',
  { tag: '@online' },
  () => walkAsStudent(openInChromium, home),
)
