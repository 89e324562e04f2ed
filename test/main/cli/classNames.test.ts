import { describe, expect, test } from 'vitest'
import { LabError } from '../../../core/words/problems.ts'
import { classIndices, namesIn, namesLike } from '../../../main/cli/classNames.ts'

const set = { id: 'cifar-100', name: 'CIFAR-100' }
const names = ['apple', 'aquarium_fish', 'bicycle', 'bottle', 'sea, deep', 'Wolf', 'wolf spider', 'x', 'X']

describe('a list of names', () => {
  test.each([
    ['apple,bicycle', ['apple', 'bicycle']],
    [' apple , bicycle ', ['apple', 'bicycle']],
    ['wolf spider,apple', ['wolf spider', 'apple']],
    ['"sea, deep",apple', ['sea, deep', 'apple']],
    ['"say ""no""", b', ['say "no"', 'b']],
    ['\\alpha,\\frac{a}{b}', ['\\alpha', '\\frac{a}{b}']],
    ['яблоко,груша', ['яблоко', 'груша']],
    ['apple,', ['apple', '']],
  ])('%s', (list, expected) => {
    expect(namesIn(list)).toEqual(expected)
  })

  test.each(['"apple', '"apple" pie,b', 'app"le'])('%s is none', (list) => {
    expect(namesIn(list)).toBeNull()
  })
})

describe('class names', () => {
  test('become their indices, ascending and each once', () => {
    expect(classIndices(['bottle', 'apple', 'sea, deep', 'bottle'], names, set)).toEqual([0, 3, 4])
  })

  test('count in other case where that fits one class alone', () => {
    expect(classIndices(['Apple', 'WOLF'], names, set)).toEqual([0, 5])
    expect(classIndices(['x', 'X'], names, set)).toEqual([7, 8])
  })

  test('that are unknown are refused with those that are like them', () => {
    const refusal = (): unknown => classIndices(['aple'], names, set)
    expect(refusal).toThrow(LabError)
    expect(refusal).toThrow(
      /CIFAR-100 has no class “aple”\. Names like it: apple, .*“lab dataset show cifar-100” lists all/,
    )
    expect(() => classIndices([''], names, set)).toThrow('no class “”')
  })

  test('like another one differ in few letters, or hold it', () => {
    expect(namesLike('fish', names)[0]).toBe('aquarium_fish')
    expect(namesLike('aple', ['maple_tree', 'bee', 'apple'])).toEqual(['apple', 'maple_tree', 'bee'])
    expect(namesLike('bycicle', names)[0]).toBe('bicycle')
  })
})
