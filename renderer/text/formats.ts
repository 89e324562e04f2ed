import type { Language } from '../../core/words/language.ts'

const nbsp = '\u00a0'
const seconds: Record<Language, string> = { en: 's', ru: 'с' }
const ranks = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const

/** Numbers, times and sizes as a reader of this language writes them. */
export interface Formats {
  readonly language: Language
  /** 2,500 */
  readonly whole: (value: number) => string
  /** A number with exactly this many decimals. */
  readonly decimal: (value: number, digits: number) => string
  /** The same with its sign; zero has none. */
  readonly signed: (value: number, digits: number) => string
  /** Up to six significant figures: learning rates, settings. */
  readonly figures: (value: number) => string
  /** Three significant figures of a large number: 14.7M. */
  readonly compact: (value: number) => string
  /** A share from 0 to 1 as a percentage, with one decimal by default. */
  readonly percent: (share: number, digits?: number) => string
  /** Seconds as 0:55, 12:03 or 1:02:03. */
  readonly duration: (seconds: number) => string
  /** Bytes in decimal units: 139 MB. */
  readonly bytes: (bytes: number) => string
  readonly bytesPerSecond: (rate: number) => string
  /** Bytes of memory in gibibytes, written as GB as operating systems do, so that a computer with 8 GB shows 8. */
  readonly memory: (bytes: number, withUnit?: boolean) => string
  /** Day and time of an ISO date. */
  readonly moment: (iso: string) => string
  /** A list of words: a, b, c. */
  readonly list: (words: readonly string[]) => string
  /** Items that may hold numbers: a, b, c; where a comma marks decimals: a · b · c. */
  readonly items: (words: readonly string[]) => string
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0')
}

/** Rounded seconds as 0:55, 12:03 or 1:02:03; the same in both languages. */
export function durationOf(seconds: number): string {
  const total = Math.max(0, Math.round(seconds))
  const hours = Math.floor(total / 3600)
  const minutes = Math.floor((total % 3600) / 60)
  const rest = twoDigits(total % 60)
  return hours > 0 ? `${hours}:${twoDigits(minutes)}:${rest}` : `${minutes}:${rest}`
}

function rankOf(bytes: number): number {
  return bytes < 1 ? 0 : Math.min(ranks.length - 1, Math.floor(Math.log10(bytes) / 3))
}

function build(language: Language): Formats {
  const cache = new Map<string, Intl.NumberFormat>()
  const number = (options: Intl.NumberFormatOptions): Intl.NumberFormat => {
    const key = JSON.stringify(options)
    const known = cache.get(key) ?? new Intl.NumberFormat(language, options)
    cache.set(key, known)
    return known
  }
  const decimal = (value: number, digits: number): string =>
    number({ minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value)
  const sized = (bytes: number): string => {
    const rank = rankOf(bytes)
    const value = bytes / 1000 ** rank
    const digits = rank > 0 && value < 10 ? 1 : 0
    // The short English unit of a byte has no plural.
    const unitDisplay = rank === 0 ? 'long' : 'short'
    return number({ style: 'unit', unit: ranks[rank], unitDisplay, maximumFractionDigits: digits }).format(value)
  }
  const moments = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' })
  return {
    language,
    whole: (value) => number({ maximumFractionDigits: 0 }).format(value),
    decimal,
    signed: (value, digits) =>
      number({ minimumFractionDigits: digits, maximumFractionDigits: digits, signDisplay: 'exceptZero' })
        .format(value)
        .replace('-', '−'),
    figures: (value) => number({ maximumSignificantDigits: 6 }).format(value),
    compact: (value) => number({ notation: 'compact', maximumSignificantDigits: 3 }).format(value),
    percent: (share, digits = 1) => `${decimal(share * 100, digits)}${nbsp}%`,
    duration: durationOf,
    bytes: sized,
    // Not from Intl: its Russian symbol for seconds is a Latin letter.
    bytesPerSecond: (rate) => `${sized(rate)}/${seconds[language]}`,
    memory: (bytes, withUnit = true) =>
      number({ ...(withUnit ? { style: 'unit', unit: 'gigabyte' } : {}), maximumFractionDigits: 1 }).format(
        bytes / 2 ** 30,
      ),
    moment: (iso) => moments.format(new Date(iso)),
    // Not from Intl: its Russian lists of this kind have no commas.
    list: (words) => words.join(', '),
    items: (words) => words.join(language === 'ru' ? ' · ' : ', '),
  }
}

const built: Record<Language, Formats> = { en: build('en'), ru: build('ru') }

/** The formats of a language; built once each. */
export function formatsFor(language: Language): Formats {
  return built[language]
}
