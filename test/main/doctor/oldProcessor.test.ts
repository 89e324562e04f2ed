// @module-tag slow
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, type TestContext } from 'vitest'
import { sentenceOf } from '../../../core/words/problems.ts'
import type { Home } from '../../../main/files/places.ts'
import { linuxOnly } from '../../platforms.ts'
import { bundled } from '../../programs/bundled.ts'
import { temporaryFolder } from '../shells/fixtures.ts'
import { smallHome } from '../smallHome.ts'

const sentence = sentenceOf({ code: 'processor-too-old', parameters: {} }, 'en')

type Run = (home: Home, words: string) => { code: number | null; output: string; error: string }

/** The command line on this computer as if its processor had no AVX: as the system lists it, without these flags. */
async function labWithoutAvx(context: TestContext): Promise<Run> {
  if (process.arch !== 'x64') context.skip('only processors for x64 are asked for AVX')
  const cpuinfo = path.join(await temporaryFolder(), 'cpuinfo')
  writeFileSync(cpuinfo, readFileSync('/proc/cpuinfo', 'utf8').replaceAll(/ avx\S*/g, ''))
  const confined = (program: string, words: readonly string[]): ReturnType<typeof spawnSync> =>
    spawnSync(
      'bwrap',
      ['--dev-bind', '/', '/', '--ro-bind', cpuinfo, '/proc/cpuinfo', '--die-with-parent', program, ...words],
      { encoding: 'utf8' },
    )
  if (confined('true', []).status !== 0) context.skip('bubblewrap is not here, or this user may not use it')
  return (home, words) => {
    const { status, stdout, stderr } = confined(process.execPath, [
      bundled('cli'),
      ...words.split(' '),
      ...['--home', home.folder],
    ])
    return { code: status, output: String(stdout), error: String(stderr) }
  }
}

const linux = linuxOnly('elsewhere another program is asked for the instructions of the processor')

linux('the doctor says that the processor is too old for TensorFlow, and finds nothing else', async (context) => {
  const lab = await labWithoutAvx(context)
  const { code, output, error } = lab(await smallHome(), 'doctor')
  expect({ code, error }).toEqual({ code: 1, error: '' })
  expect(output).toContain(sentence)
  expect(output).toContain('Problems found: 1.')
})

linux('a run on a processor that is too old ends with the sentence, and is shown', async (context) => {
  const lab = await labWithoutAvx(context)
  const home = await smallHome()
  const { code, error } = lab(home, 'train --dataset cifar-10 --steps 2 --batch 20 --offline')
  expect(code).toBe(1)
  expect(error).toContain(sentence)
  expect(error).not.toMatch(/^\s+at /m)
  const shown = lab(home, 'runs')
  expect({ code: shown.code, error: shown.error }).toEqual({ code: 0, error: '' })
  expect(shown.output).toContain('interrupted')
})
