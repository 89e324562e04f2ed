import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, onTestFinished, vi } from 'vitest'
import { tellInWindow } from '../../../main/platform/tellInWindow.ts'
import { posixOnly } from '../../platforms.ts'
import { temporaryFolder } from '../shells/fixtures.ts'

posixOnly('the dialogs are scripts')('a dialog that was closed by Esc is not followed by another', async () => {
  const folder = await temporaryFolder()
  const script = (name: string, line: string): Promise<void> =>
    writeFile(path.join(folder, name), `#!/bin/sh\n${line}\n`, { mode: 0o755 })
  // The first dialog, zenity, is missing.
  await script('kdialog', `echo "$4" > '${folder}/shown'; /bin/sleep 1.2; exit 1`)
  await script('xmessage', `echo again > '${folder}/again'`)
  vi.stubEnv('PATH', folder)
  onTestFinished(() => void vi.unstubAllEnvs())
  const none = () => expect.unreachable('no page is needed')
  expect(await tellInWindow('The disk is full.', 'en', none)).toBe(true)
  expect([existsSync(path.join(folder, 'shown')), existsSync(path.join(folder, 'again'))]).toEqual([true, false])
})
