import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { PassBuilder } from '../../../core/errors/passBuilder.ts'
import type { TestPass } from '../../../core/errors/testPass.ts'
import { Head } from '../../../core/network/model.ts'

const numbers = z.array(z.number())

/** A made-up classifier, and what other programs compute from its logits. */
const Case = z.strictObject({
  name: z.string(),
  classes: z.number(),
  head: Head,
  labels: numbers,
  logits: z.base64(),
  expected: z.strictObject({
    predicted: numbers,
    confusion: z.array(numbers),
    precision: numbers,
    recall: numbers,
    f1: numbers,
    support: numbers,
    macro: numbers,
    topK: z.record(z.string(), z.number()),
    confidence: numbers,
    margin: numbers,
    entropy: numbers,
    calibration: z.strictObject({ error: z.number(), counts: numbers, accuracy: numbers, confidence: numbers }),
    suspected: numbers.nullable(),
  }),
})

const Made = z.object({
  cases: z.array(Case),
  mcnemar: z.array(
    z.strictObject({
      onlyFirst: z.number(),
      onlySecond: z.number(),
      kind: z.string(),
      statistic: z.number(),
      p: z.number(),
    }),
  ),
  wilson: z.array(z.strictObject({ correct: z.number(), images: z.number(), low: z.number(), high: z.number() })),
})

/** What scikit-learn, statsmodels and cleanlab computed: test/data/scikit-learn/errors.py made it. */
export const made = Made.parse(
  JSON.parse(readFileSync(new URL('../../data/scikit-learn/errors.json', import.meta.url), 'utf8')),
)

/** The pass of a case, whose logits come in batches. */
export function passOf({ head, labels, classes, logits }: z.infer<typeof Case>): TestPass {
  const builder = new PassBuilder(head, Uint16Array.from(labels), classes)
  const values = new Float32Array(Uint8Array.from(Buffer.from(logits, 'base64')).buffer)
  const row = values.length / labels.length
  for (let from = 0; from < values.length; from += 70 * row)
    if (!builder.add(values.subarray(from, from + 70 * row))) throw new Error('a logit is not finite')
  return builder.finish()
}

/** A pass of rows of logits. */
export function passFrom(labels: readonly number[], rows: readonly (readonly number[])[]): TestPass {
  const head = { kind: 'softmax', labelSmoothing: 0 } as const
  const builder = new PassBuilder(head, Uint16Array.from(labels), rows[0].length)
  builder.add(Float32Array.from(rows.flat()))
  return builder.finish()
}
