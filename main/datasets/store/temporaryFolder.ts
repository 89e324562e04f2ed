import { mkdir, rm } from 'node:fs/promises'
import { temporaryBeside, writeProblem } from '../../files/atomicFile.ts'

/** Runs `use` with a temporary folder beside `folder`, and removes it afterwards in any case. */
export async function withTemporaryFolder<Result>(
  folder: string,
  use: (work: string) => Promise<Result>,
): Promise<Result> {
  const work = temporaryBeside(folder)
  await mkdir(work, { recursive: true }).catch(refuseToWrite(folder))
  try {
    return await use(work)
  } finally {
    await rm(work, { recursive: true, force: true, maxRetries: 5 })
  }
}

export function refuseToWrite(folder: string): (thrown: unknown) => never {
  return (thrown) => {
    throw writeProblem(thrown, folder)
  }
}
