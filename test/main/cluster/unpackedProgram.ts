import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { onTestFinished } from 'vitest'
import { cacheFolder } from '../../../main/files/places.ts'
import { tensorflowVersion } from '../../../main/files/wheelVersions.ts'

/** A folder with what nodes need of an unpacked Conv Lab, removed at the end of the test. */
export async function unpackedProgram(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'conv-lab-unpacked-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const library =
    process.env['CONV_LAB_TENSORFLOW'] ?? path.join(cacheFolder(), `tensorflow-${tensorflowVersion}`, 'lib')
  await mkdir(path.join(folder, 'node'))
  await symlink(process.execPath, path.join(folder, 'node', 'node'))
  await symlink(library, path.join(folder, 'tensorflow'))
  return folder
}
