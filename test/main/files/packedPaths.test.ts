import { expect, test } from 'vitest'
import { tooDeepCopy } from '../../../main/files/packedPaths.ts'

const files = ['node/node.exe', 'app/lib/binding.node', `app/${'long'.repeat(70)}.json`].map((name) => ({
  name,
  sum: '',
}))

/** A folder whose path has so many characters. */
function folderOf(characters: number): string {
  return `C:\\${'x'.repeat(characters - 3)}`
}

test('a library whose path is too long for the system hinders the start, other files do not', () => {
  const most = 259 - '\\app\\lib\\binding.node'.length
  expect(tooDeepCopy(folderOf(most), files, 259)).toBeNull()
  expect(tooDeepCopy(folderOf(most + 1), files, 259)).toMatchObject({
    code: 'copy-too-deep',
    parameters: { file: 'app/lib/binding.node', length: 260, most: 259 },
  })
})

test('without a limit any path will do', () => {
  expect(tooDeepCopy(folderOf(400), files, null)).toBeNull()
})
