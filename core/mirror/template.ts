import { z } from 'zod'
import { LabError } from '../words/problems.ts'
import { readNetworkText } from '../network/networkFile.ts'
import type { OfferedTemplate } from './mirrorOffer.ts'

/** A file of a sweep names the settings that it goes through. */
const Sweep = z
  .looseObject({ grid: z.record(z.string(), z.unknown()) })
  .or(z.looseObject({ random: z.record(z.string(), z.unknown()) }))

function isSweep(text: string): boolean {
  try {
    return Sweep.safeParse(JSON.parse(text)).success
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return false
    throw thrown
  }
}

/**
 * What a file is that a teacher hands out.
 * @param file its name, by which it is called where it does not say
 * @returns null for what Conv Lab cannot take.
 */
export function templateIn(file: string, text: string): Pick<OfferedTemplate, 'kind' | 'name' | 'note'> | null {
  const called = file.replace(/\.json$/i, '')
  if (isSweep(text)) return { kind: 'sweep', name: called, note: '' }
  try {
    const { name, note } = readNetworkText(text)
    return { kind: 'network', name: name ?? called, note }
  } catch (thrown) {
    if (thrown instanceof LabError) return null
    throw thrown
  }
}
