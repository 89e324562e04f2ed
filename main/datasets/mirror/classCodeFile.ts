import { randomInt } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { codeLength, codeSigns, readClassCode } from '../../../core/mirror/classCode.ts'
import { refuse } from '../../../core/words/problems.ts'
import { writeFileAtomically } from '../../files/atomicFile.ts'
import { codeOf } from '../../files/errorCode.ts'

/** The file in a mirror's folder that keeps the code of the class. */
export const codeFileName = 'class-code.txt'

/**
 * The code of the class, which is made the first time and stays until somebody deletes or changes its file.
 * @throws LabError `class-code-unfit` for a file without a code, `disk-full` or `write-failed`.
 */
export async function classCodeIn(folder: string): Promise<string> {
  const file = path.join(folder, codeFileName)
  try {
    return readClassCode(await readFile(file, 'utf8')) ?? refuse('class-code-unfit', { file, signs: codeSigns })
  } catch (thrown) {
    if (codeOf(thrown) !== 'ENOENT') throw thrown
  }
  const code = Array.from({ length: codeLength }, () => codeSigns[randomInt(codeSigns.length)]).join('')
  await writeFileAtomically(file, [Buffer.from(`${code}\n`)])
  return code
}
