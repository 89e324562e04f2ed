/// <reference types="node" />
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { classColours } from '../../renderer/charts/classColours.ts'

type Theme = 'light' | 'dark'

const css = readFileSync(path.join(import.meta.dirname, '../../renderer/ui/tokens.css'), 'utf8')
const tokens = new Map(
  [...css.matchAll(/--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);/g)].map(([, name, light, dark]) => [
    name,
    { light, dark },
  ]),
)

/** Relative luminance of a colour (WCAG 2.2). */
function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const channel = parseInt(colour.slice(at, at + 2), 16) / 255
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** Of two colours, each `#rrggbb` or the name of a token. */
function contrast(one: string, other: string, theme: Theme): number {
  const [a, b] = [one, other].map((name) => {
    if (name.startsWith('#')) return luminance(name)
    const token = tokens.get(name)
    if (token === undefined) throw new Error(`tokens.css has no colour --${name}`)
    return luminance(token[theme])
  })
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
}

const textOn: readonly (readonly [text: string, grounds: readonly string[]])[] = [
  ['text', ['background', 'panel', 'accent-background', 'neutral-background', 'warning-background']],
  ['text-soft', ['background', 'panel', 'neutral-background']],
  ['accent-text', ['background', 'panel', 'accent-background']],
  ['on-accent', ['accent', 'accent-strong']],
  ['warning-text', ['warning-background', 'panel']],
  ['danger-text', ['danger-background', 'panel']],
]

const meaningful: readonly (readonly [line: string, grounds: readonly string[]])[] = [
  ...[0, 1, 2, 3, 4, 5, 6].map((number) => [`series-${number}`, ['panel']] as const),
  ['edge', ['panel', 'background']],
  ['focus', ['panel', 'background']],
  ['good', ['background']],
  ['danger', ['background', 'panel']],
  ['accent', ['background', 'line']],
]

describe.each(['light', 'dark'] as const)('the %s theme', (theme) => {
  it.each(textOn)('keeps %s readable: 4.5 to 1', (text, grounds) => {
    for (const ground of grounds)
      expect(contrast(text, ground, theme), `${text} on ${ground}`).toBeGreaterThanOrEqual(4.5)
  })

  it('keeps the colours of hundreds of classes visible: 3 to 1', () => {
    for (const colour of classColours(369, [], theme))
      expect(contrast(colour, 'panel', theme), colour).toBeGreaterThanOrEqual(3)
  })

  it.each(meaningful)('keeps %s visible: 3 to 1', (line, grounds) => {
    for (const ground of grounds)
      expect(contrast(line, ground, theme), `${line} on ${ground}`).toBeGreaterThanOrEqual(3)
  })
})
