import { writeFile, readFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { rename } from '../../../main/platform/rename.ts'
import { retried, retriedSync } from '../../../main/platform/retried.ts'
import { temporaryFolder } from '../shells/fixtures.ts'

function refusal(code: string): Error {
  return Object.assign(new Error(`${code}: rename`), { code })
}

/** An action that is refused so many times and then succeeds. */
function refused(times: number, code: string): { action: () => string; tries: () => number } {
  let tries = 0
  return {
    action: () => {
      tries += 1
      if (tries <= times) throw refusal(code)
      return 'done'
    },
    tries: () => tries,
  }
}

describe('what Windows refuses while a virus scanner looks', () => {
  test.each(['EPERM', 'EBUSY', 'EACCES'])('is done after a moment (%s)', async (code) => {
    const later = refused(3, code)
    expect(await retried(async () => later.action(), 'win32')).toBe('done')
    expect(later.tries()).toBe(4)
    expect(retriedSync(refused(2, code).action, 'win32')).toBe('done')
  })

  test('fails with the error itself where the moment does not end', async () => {
    const never = refused(Infinity, 'EBUSY')
    await expect(retried(async () => never.action(), 'win32')).rejects.toThrow('EBUSY: rename')
    expect(never.tries()).toBe(10)
  })

  test('is final where the reason is another, and on other systems', async () => {
    for (const [code, platform] of [
      ['ENOENT', 'win32'],
      ['EPERM', 'linux'],
    ] as const) {
      const once = refused(1, code)
      await expect(retried(async () => once.action(), platform)).rejects.toThrow(code)
      expect(() => retriedSync(refused(1, code).action, platform)).toThrow(code)
      expect(once.tries()).toBe(1)
    }
  })
})

test('a renamed file takes the place of another', async () => {
  const folder = await temporaryFolder()
  const [from, to] = [path.join(folder, 'new'), path.join(folder, 'old')]
  await writeFile(from, 'new')
  await writeFile(to, 'old')
  await rename(from, to)
  expect(await readFile(to, 'utf8')).toBe('new')
  await expect(rename(from, to)).rejects.toMatchObject({ code: 'ENOENT' })
})
