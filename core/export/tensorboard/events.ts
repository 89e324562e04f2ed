/**
 * TensorBoard's event files: records of TensorFlow, each with one `Event`
 * (tensorflow/core/lib/io/record_writer.h, tensorflow/core/util/event.proto, tensorflow/core/framework/summary.proto).
 */
import type { Histogram } from '../../health/health.ts'
import { joined, type Pieces } from '../pieces.ts'
import { doubleField, doublesField, floatField, integerField, messageField, textField } from '../protobuf.ts'
import { crc32cOf } from './crc32c.ts'

/** A check, turned and shifted so that a check of bytes with checks in them stays a good one. */
function masked(bytes: Uint8Array): number {
  const check = crc32cOf(bytes)
  return (((check >>> 15) | (check << 17)) + 0xa282ead8) >>> 0
}

/** Length, check of the length, bytes, check of the bytes. */
function record(fields: readonly Pieces[]): Uint8Array {
  const content = joined(fields.flat())
  const whole = new Uint8Array(content.length + 16)
  const view = new DataView(whole.buffer)
  view.setBigUint64(0, BigInt(content.length), true)
  view.setUint32(8, masked(whole.subarray(0, 8)), true)
  whole.set(content, 12)
  view.setUint32(12 + content.length, masked(content), true)
  return whole
}

/** The first record of a file. @param seconds since 1970 */
export function firstEvent(seconds: number): Uint8Array {
  return record([doubleField(1, seconds), textField(3, 'brain.Event:2')])
}

/**
 * Says that a run goes on at a step: what an earlier file has from it on no longer counts (`SessionLog.START`).
 * @param seconds since 1970
 */
export function sessionStart(seconds: number, step: number): Uint8Array {
  return record([doubleField(1, seconds), integerField(2, step), messageField(7, integerField(1, 1))])
}

/**
 * A histogram as TensorBoard draws it: counts with the upper ends of their bins, and moments. The mean of a bin stands
 * for its values in the sums.
 */
function histogramFields({ low, high, counts }: Histogram): Pieces[] {
  const width = (high - low) / counts.length
  const middles = counts.map((_, bin) => low + (bin + 0.5) * width)
  const total = counts.reduce((sum, count) => sum + count, 0)
  const sumOf = (value: (middle: number) => number): number =>
    counts.reduce((sum, count, bin) => sum + count * value(middles[bin]), 0)
  const ends = counts.map((_, bin) => (bin === counts.length - 1 ? high : low + (bin + 1) * width))
  return [
    doubleField(1, low),
    doubleField(2, high),
    doubleField(3, total),
    doubleField(
      4,
      sumOf((middle) => middle),
    ),
    doubleField(
      5,
      sumOf((middle) => middle * middle),
    ),
    // A bin without values in front says where the first one begins.
    doublesField(6, [low, ...ends]),
    doublesField(7, [0, ...counts]),
  ]
}

/** What is told of one step, by the names under which TensorBoard shows it; a slash parts a group from a name. */
export interface StepSummary {
  readonly step: number
  /** Seconds since 1970. */
  readonly seconds: number
  readonly scalars: Readonly<Record<string, number>>
  readonly histograms: Readonly<Record<string, Histogram>>
}

/** The record of a step. */
export function summaryEvent({ step, seconds, scalars, histograms }: StepSummary): Uint8Array {
  return record([
    doubleField(1, seconds),
    integerField(2, step),
    messageField(
      5,
      ...Object.entries(scalars).map(([tag, value]) => messageField(1, textField(1, tag), floatField(2, value))),
      ...Object.entries(histograms).map(([tag, histogram]) =>
        messageField(1, textField(1, tag), messageField(5, ...histogramFields(histogram))),
      ),
    ),
  ])
}
