import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { ReadAhead } from '../../../../main/datasets/planning/readAhead.ts'
import { withFolder } from '../tinySets.ts'

/** Threads after 256 of the files have been looked at, for which the disk was waited for so many times. */
async function threadsAfter(waits: number, files: readonly string[]): Promise<number> {
  let waited = 1000
  const ahead = new ReadAhead(() => waited)
  try {
    ahead.begin(files)
    waited += waits
    for (let passed = 1; passed <= 300; passed += 1) ahead.passed(passed)
    return ahead.threads
  } finally {
    await ahead.end()
  }
}

test('files are read ahead where the disk is waited for, and only of many files', async () => {
  await withFolder(async (folder) => {
    const file = path.join(folder, 'a.jpg')
    await writeFile(file, 'a')
    const files = Array.from({ length: 600 }, (_, index) => (index % 3 === 0 ? path.join(folder, 'gone') : file))
    expect(await threadsAfter(3, files)).toBe(0)
    expect(await threadsAfter(256, files)).toBe(4)
    expect(await threadsAfter(256, files.slice(0, 300))).toBe(0)
  })
})
