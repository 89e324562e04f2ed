import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { misfitPhrase } from '../../core/words/issuePhrase.ts'
import { quoted } from '../../core/words/phrases.ts'
import { refuse } from '../../core/words/problems.ts'
import type { GivenWords, OptionDescription } from './command.ts'

const Scalar = z.union([z.string(), z.number(), z.boolean()])
const Axes = z.record(z.string(), z.union([Scalar, z.array(Scalar)]))

/** What a file of a sweep says: options by their names, and under `grid` or `random` the values of each setting. */
const SweepFile = z.record(z.string(), z.union([Scalar, z.array(Scalar), Axes]))

function axisLines(axes: z.infer<typeof Axes>): string {
  return Object.entries(axes)
    .map(([setting, values]) => `${setting}=${Array.isArray(values) ? values.join(',') : String(values)}`)
    .join('\n')
}

function wordOf(value: z.infer<typeof SweepFile>[string]): string {
  if (Array.isArray(value)) return value.join(',')
  return typeof value === 'object' ? axisLines(value) : String(value)
}

/**
 * The words of a call together with those of its file. What is typed goes before what the file says.
 * @throws LabError `sweep-file-wrong`, or `option-unknown` for a name in it that is no option.
 */
export function withFile(
  { plain, options }: GivenWords,
  known: Readonly<Record<string, OptionDescription>>,
  command: string,
): GivenWords {
  const [file] = plain
  if (file === undefined) return { plain, options }
  let content: z.infer<typeof SweepFile>
  try {
    content = SweepFile.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch (thrown) {
    return refuse(
      'sweep-file-wrong',
      { file, detail: thrown instanceof z.ZodError ? misfitPhrase(thrown) : quoted(String(thrown)) },
      { cause: thrown },
    )
  }
  const words = new Map<string, string>()
  for (const [option, value] of Object.entries(content)) {
    if (!Object.hasOwn(known, option)) refuse('option-unknown', { command, option: `“${option}” in ${file}` })
    if (known[option].value !== null) words.set(option, wordOf(value))
    else if (value === true) words.set(option, '')
  }
  return { plain, options: new Map([...words, ...options]) }
}
