import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  instructionsIn,
  instructionsOfMask,
  instructionsOfSysctl,
  keptIn,
  processorInstructions,
  type Instructions,
} from '../../../main/platform/processor.ts'
import { temporaryFolder } from '../shells/fixtures.ts'
import { linuxOnly } from '../../platforms.ts'

describe('the instructions of a processor', () => {
  test('are read from Linux’s list of flags', () => {
    const cpuinfo = (flags: string) => `processor\t: 0\nmodel name\t: A\nflags\t\t: fpu sse2 ${flags}\nbugs\t: none\n`
    expect(instructionsIn(cpuinfo('avx avx2 avx512f avx512bw'))).toEqual({ avx: true, avx512: true })
    expect(instructionsIn(cpuinfo('avx avx2'))).toEqual({ avx: true, avx512: false })
    expect(instructionsIn(cpuinfo('sse4_2 avx512_none'))).toEqual({ avx: false, avx512: false })
    expect(instructionsIn('processor\t: 0\nFeatures\t: fp asimd\n')).toEqual({ avx: null, avx512: null })
  })

  test('are read from the mask of registers that Windows saves', () => {
    // x87 and SSE; with AVX; with the three parts of AVX-512; with its masks alone.
    expect(instructionsOfMask('3')).toEqual({ avx: false, avx512: false })
    expect(instructionsOfMask('7\r\n')).toEqual({ avx: true, avx512: false })
    expect(instructionsOfMask('231\r\n')).toEqual({ avx: true, avx512: true })
    expect(instructionsOfMask('39')).toEqual({ avx: true, avx512: false })
    // What a computer says on which PowerShell may not call Windows.
    for (const answer of ['', 'Cannot add type.', '-1'])
      expect(instructionsOfMask(answer)).toEqual({ avx: null, avx512: null })
  })

  test('are read from the answers of macOS', () => {
    expect(instructionsOfSysctl('1\n0\n')).toEqual({ avx: true, avx512: false })
    expect(instructionsOfSysctl('0\n')).toEqual({ avx: false, avx512: null })
    expect(instructionsOfSysctl('')).toEqual({ avx: null, avx512: null })
  })

  linuxOnly('the list of flags is Linux’s')('are those of this computer', () => {
    expect(processorInstructions('/nowhere')).toEqual(
      process.arch === 'x64' ? instructionsIn(readFileSync('/proc/cpuinfo', 'utf8')) : { avx: null, avx512: false },
    )
  })
})

describe('an answer that took time', () => {
  const known: Instructions = { avx: true, avx512: false }

  test('is kept, and asked for again where the file is damaged or of another computer', async () => {
    const file = path.join(await temporaryFolder(), 'cache', 'processor.json')
    let asked = 0
    const ask = (): Instructions => {
      asked += 1
      return known
    }
    expect(keptIn(file, ask)).toEqual(known)
    expect(keptIn(file, ask)).toEqual(known)
    expect(asked).toBe(1)
    for (const text of ['{', JSON.stringify({ of: 'another', instructions: { avx: false, avx512: false } })]) {
      writeFileSync(file, text)
      expect(keptIn(file, ask)).toEqual(known)
    }
    expect(asked).toBe(3)
  })

  test('is not kept where nothing is known, and is given where nothing can be kept', async () => {
    const folder = await temporaryFolder()
    const file = path.join(folder, 'processor.json')
    expect(keptIn(file, () => ({ avx: null, avx512: null }))).toEqual({ avx: null, avx512: null })
    expect(existsSync(file)).toBe(false)
    writeFileSync(file, '')
    expect(keptIn(path.join(file, 'below'), () => known)).toEqual(known)
  })
})
