// @module-tag slow
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const program = fileURLToPath(new URL('../../../main/cli.ts', import.meta.url))

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

test.skipIf(process.platform === 'win32').each(['--help', 'train --help', '--version', 'dataset import --help'])(
  '%s into a pipe that is closed ends quietly',
  (words) => {
    expect(intoClosedPipe(words).error).toBe('code 0\n')
  },
)

test.skipIf(process.platform === 'win32')('a refusal whose sentence nobody reads keeps its exit code', () => {
  expect(shell('{ { sleep 0.2; $LAB nonsense; echo "code $?" >&3; } 2>&1 | true; } 3>&2').error).toBe('code 1\n')
})

test.runIf(process.platform === 'linux')('help that cannot be written says why', () => {
  expect(shell('$LAB --help > /dev/full')).toEqual({
    code: 1,
    error: expect.stringMatching(/^The disk is full: standard output [^\n]+\n$/),
  })
})
