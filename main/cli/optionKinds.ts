import { refuse } from '../../core/words/problems.ts'
import { isWithin, type Range, rangeText } from '../../core/numbers/range.ts'
import type { Option } from './command.ts'

/** An option that is on or off. */
export function flag(help: string): Option<boolean> {
  return { value: null, help, read: (word) => word !== undefined }
}

/** Any text. */
export function text(value: string, help: string): Option<string | undefined> {
  return { value, help, read: (word) => word }
}

/** A text that `meaning` reads; where that gives null, the sentence says what was `expected`. */
export function readText<Value>(
  value: string,
  help: string,
  expected: string,
  meaning: (word: string) => Value | null,
): Option<Value | undefined> {
  return {
    value,
    help,
    read: (word, option) =>
      word === undefined
        ? undefined
        : (meaning(word) ?? refuse('option-value', { option: `--${option}`, expected, value: word })),
  }
}

/** One of some names. */
export function oneOf<Name extends string>(
  value: string,
  help: string,
  names: readonly Name[],
  expected: string = names.join(', '),
): Option<Name | undefined> {
  return readText(value, help, expected, (word) => names.find((name) => name === word) ?? null)
}

/** Names of layers with commas between them; `none` for no layer. */
export function layerNames(help: string): Option<readonly string[] | undefined> {
  return readText('LAYERS', help, 'names of layers with commas, or none', (word) =>
    word === 'none' ? [] : /^[a-z][a-z0-9_]*(,[a-z][a-z0-9_]*)*$/.test(word) ? word.split(',') : null,
  )
}

/** A decimal number as people write it: no hexadecimal, no `NaN`, nothing behind it. */
function decimal(word: string): number | null {
  const value = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(word) ? Number(word) : NaN
  return Number.isFinite(value) ? value : null
}

/** A decimal number. */
export function number(value: string, help: string): Option<number | undefined> {
  return readText(value, help, 'a number', decimal)
}

/** A number within a range; one outside of it is refused as `setting-out-of-range`. */
export function numberWithin(value: string, help: string, range: Range): Option<number | undefined> {
  const { read } = number(value, help)
  return {
    value,
    help,
    read: (word, option, command) => {
      const given = read(word, option, command)
      if (given !== undefined && !isWithin(range, given))
        refuse('setting-out-of-range', { setting: `--${option}`, value: given, range: rangeText(range) })
      return given
    },
  }
}

/** A whole number of at least 0. */
export function wholeNumber(value: string, help: string): Option<number | undefined> {
  const { read } = number(value, help)
  return {
    value,
    help,
    read: (word, option, command) => {
      const given = read(word, option, command)
      if (word !== undefined && !(Number.isSafeInteger(given) && Number(given) >= 0))
        refuse('option-value', { option: `--${option}`, expected: 'a whole number of at least 0', value: word })
      return given
    },
  }
}

/** An option without which the command cannot be carried out. */
export function needed<Value>(option: Option<Value | undefined>): Option<Value> {
  return {
    ...option,
    read: (word, name, command) =>
      option.read(word, name, command) ?? refuse('arguments-wrong', { command, detail: `--${name} is missing` }),
  }
}

/** An option with a value for those who do not give it; help says it in brackets. */
export function usually<Value extends string | number>(option: Option<Value | undefined>, usual: Value): Option<Value> {
  return {
    ...option,
    help: `${option.help} (${usual})`,
    read: (word, name, command) => option.read(word, name, command) ?? usual,
  }
}
