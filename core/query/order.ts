import type { SettingValue } from '../run/settingPath.ts'
import { foldedText } from './expression.ts'

function rank(value: string | number | boolean): number {
  return typeof value === 'string' ? 2 : typeof value === 'number' ? 1 : 0
}

/**
 * Compares two cells: numbers by size, texts by the alphabet regardless of capitals, yes after no. A missing one comes
 * last in either direction.
 */
export function compareCells(one: SettingValue, other: SettingValue, descending: boolean): number {
  if (one === null || other === null) return Number(one === null) - Number(other === null)
  const ordered = rank(one) - rank(other) || compareAlike(one, other)
  return descending ? -ordered : ordered
}

function compareAlike(one: string | number | boolean, other: string | number | boolean): number {
  return one < other ? -1 : one > other ? 1 : 0
}

/** A cell as it is compared. */
export function comparable(value: SettingValue): SettingValue {
  return typeof value === 'string' ? foldedText(value) : value
}
