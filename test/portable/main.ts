// npm run test:portable: starts what was packed as a person would, on a computer that has nothing else.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import type { Checks } from './checks.ts'
import { testLinux } from './linux.ts'
import { testWindows } from './windows.ts'

const { values } = parseArgs({
  options: { linux: { type: 'string' }, windows: { type: 'string' }, chromium: { type: 'string' } },
})
const work = mkdtempSync(path.join(tmpdir(), 'conv-lab-portable-'))
const checks: Checks = { passed: 0, failed: 0 }

function workFolder(name: string): string {
  const folder = path.join(work, name)
  mkdirSync(folder)
  return folder
}

try {
  const chromium = values.chromium ?? ''
  const linuxLosses =
    values.linux === undefined
      ? []
      : await testLinux(checks, { archive: values.linux, work: workFolder('linux'), chromium })
  if (values.windows !== undefined)
    await testWindows(checks, { archive: values.windows, work: workFolder('windows'), chromium, linuxLosses })
} finally {
  rmSync(work, { recursive: true, force: true })
}
console.log(`\n${checks.passed} passed, ${checks.failed} failed`)
process.exitCode = checks.failed === 0 ? 0 : 1
