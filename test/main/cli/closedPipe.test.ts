// @module-tag slow
import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { expect } from 'vitest'
import { linuxOnly, posixOnly } from '../../platforms.ts'
import { bundled } from '../../programs/bundled.ts'
import { temporaryFolder } from '../shells/fixtures.ts'

const program = bundled('cli')

/** Runs a line of a POSIX shell in which `$LAB` is the command line. */
function shell(line: string): { code: number | null; error: string } {
  const { status, stderr } = spawnSync('sh', ['-c', line.replaceAll('$LAB', `"${process.execPath}" "${program}"`)], {
    encoding: 'utf8',
  })
  return { code: status, error: stderr }
}

/** Exit code and standard error of the command line, whose standard output goes to a reader that is gone. */
function intoClosedPipe(words: string): { code: number | null; error: string } {
  return shell(`{ sleep 0.2; $LAB ${words}; echo "code $?" >&2; } | true`)
}

const ofShell = posixOnly('the lines are those of a POSIX shell')

for (const words of ['--help', 'train --help', '--version', 'dataset import --help'])
  ofShell(`${words} into a pipe that is closed ends quietly`, () => {
    expect(intoClosedPipe(words).error).toBe('code 0\n')
  })

ofShell('doctor into a pipe that is closed ends with the code of what it found', async () => {
  const home = path.join(await temporaryFolder(), 'home')
  expect(intoClosedPipe(`doctor --home '${home}'`).error).toBe('code 0\n')
})

ofShell('a refusal whose sentence nobody reads keeps its exit code', () => {
  expect(shell('{ { sleep 0.2; $LAB nonsense; echo "code $?" >&3; } 2>&1 | true; } 3>&2').error).toBe('code 1\n')
})

linuxOnly('/dev/full stands for a full disk')('help that cannot be written says why', () => {
  expect(shell('$LAB --help > /dev/full')).toEqual({
    code: 1,
    error: expect.stringMatching(/^The disk is full: standard output [^\n]+\n$/),
  })
})
