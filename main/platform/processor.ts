import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { z } from 'zod'
import { renameSync } from './rename.ts'

/** Instructions of a processor that matter here; null where the system does not tell. */
export const Instructions = z.strictObject({
  /** 256 bits at once. TensorFlow's library for x64 is built for processors that have them. */
  avx: z.boolean().nullable(),
  /** 512 bits at once: the foundation, AVX-512F. */
  avx512: z.boolean().nullable(),
})
export type Instructions = z.infer<typeof Instructions>

const unknown: Instructions = { avx: null, avx512: null }

/** Milliseconds that another program may take to tell. PowerShell needs some seconds on a slow disk. */
const longestAnswer = 20_000

/** The instructions in Linux's /proc/cpuinfo, which has one line of flags a core. */
export function instructionsIn(cpuinfo: string): Instructions {
  const flags = /^flags\s*:(.*)$/m.exec(cpuinfo)?.[1].split(/\s+/)
  return flags === undefined ? unknown : { avx: flags.includes('avx'), avx512: flags.includes('avx512f') }
}

/**
 * The instructions in the mask that Windows' GetEnabledXStateFeatures gives: which registers the processor has and the
 * system saves. Bit 2 is for the registers of AVX, bits 5 to 7 are for those of AVX-512 (winnt.h: XSTATE_MASK_GSSE and
 * XSTATE_MASK_AVX512).
 */
export function instructionsOfMask(answer: string): Instructions {
  if (!/^\d+$/.test(answer.trim())) return unknown
  const mask = BigInt(answer.trim())
  return { avx: (mask & 0x4n) !== 0n, avx512: (mask & 0xe0n) === 0xe0n }
}

/** The instructions in the two lines that macOS' sysctl gives for them, 0 or 1 each. */
export function instructionsOfSysctl(answer: string): Instructions {
  const [avx, avx512] = answer.trim().split(/\s+/)
  const flag = (text: string | undefined): boolean | null => (text === '1' ? true : text === '0' ? false : null)
  return { avx: flag(avx), avx512: flag(avx512) }
}

/** What another program prints; an empty string if it is missing, refuses or takes too long. */
function printedBy(command: string, parameters: readonly string[], input = ''): string {
  try {
    return execFileSync(command, [...parameters], {
      input,
      encoding: 'utf8',
      stdio: ['pipe', 'pipe', 'ignore'],
      timeout: longestAnswer,
      windowsHide: true,
    })
  } catch (thrown) {
    // A computer may forbid PowerShell, or what is asked of it. Then nothing is known.
    if (thrown instanceof Error) return ''
    throw thrown
  }
}

/** Node cannot call Windows, and nothing that it can read says it; PowerShell can call it. */
function askWindows(): Instructions {
  const folder = path.join(process.env['SystemRoot'] ?? 'C:\\Windows', 'System32', 'WindowsPowerShell', 'v1.0')
  const question =
    `(Add-Type -Name Processor -Namespace ConvLab -PassThru -MemberDefinition ` +
    `'[DllImport("kernel32.dll")] public static extern long GetEnabledXStateFeatures();')::GetEnabledXStateFeatures()\n`
  return instructionsOfMask(
    printedBy(path.join(folder, 'powershell.exe'), ['-NoProfile', '-NonInteractive', '-Command', '-'], question),
  )
}

function askMacos(): Instructions {
  return instructionsOfSysctl(printedBy('/usr/sbin/sysctl', ['-n', 'hw.optional.avx1_0', 'hw.optional.avx512f']))
}

function askLinux(): Instructions {
  try {
    return instructionsIn(readFileSync('/proc/cpuinfo', 'utf8'))
  } catch (thrown) {
    // A sandbox may hide the file. The cost estimates of convolutions are a little rougher then.
    if (thrown instanceof Error && 'code' in thrown) return unknown
    throw thrown
  }
}

const Kept = z.strictObject({ of: z.string(), instructions: Instructions })

/** What an answer belongs to: the processor and the system, which may be told not to use some of its registers. */
function thisComputer(): string {
  return [os.cpus()[0]?.model.trim() ?? '', os.arch(), os.release()].join(', ')
}

/**
 * What another program answered, kept in a file, because asking takes seconds. Only what is known is kept. A file that
 * is missing, damaged or of another computer is made anew.
 */
export function keptIn(file: string, ask: () => Instructions): Instructions {
  const of = thisComputer()
  try {
    const kept = Kept.parse(JSON.parse(readFileSync(file, 'utf8')))
    if (kept.of === of) return kept.instructions
  } catch {
    // Then it is asked.
  }
  const instructions = ask()
  if (instructions.avx === null) return instructions
  try {
    mkdirSync(path.dirname(file), { recursive: true })
    const temporary = `${file}.${process.pid}`
    writeFileSync(temporary, JSON.stringify({ of, instructions } satisfies z.infer<typeof Kept>))
    renameSync(temporary, file)
  } catch {
    // Where nothing can be kept, it is asked each time.
  }
  return instructions
}

/**
 * The instructions of this processor. Where another program must be asked, this may take seconds.
 * @param cache the cache folder, in which such an answer is kept
 */
export function processorInstructions(cache: string): Instructions {
  if (process.arch !== 'x64') return { avx: null, avx512: false }
  if (process.platform === 'linux') return askLinux()
  const file = path.join(cache, 'processor.json')
  if (process.platform === 'win32') return keptIn(file, askWindows)
  return process.platform === 'darwin' ? keptIn(file, askMacos) : unknown
}
