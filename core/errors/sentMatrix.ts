import { z } from 'zod'

/**
 * A matrix of whole numbers as it crosses a boundary: a text a row, its numbers apart by one space. A matrix of hundreds
 * of classes has more numbers than may be checked and packed one by one between two turns of the main process.
 */
export const SentMatrix = z.array(z.string().regex(/^-?\d+( -?\d+)*$/))
export type SentMatrix = z.infer<typeof SentMatrix>

export function sentMatrix(matrix: readonly (readonly number[])[]): SentMatrix {
  return matrix.map((row) => row.join(' '))
}

export function receivedMatrix(rows: SentMatrix): number[][] {
  return rows.map((row) => row.split(' ').map(Number))
}
