import { describe, expect, it, test } from 'vitest'
import { usualChoice } from '../../core/data/datasetView.ts'
import type { DatasetEntry } from '../../core/data/dataset.ts'
import { choiceText } from '../../renderer/text/choiceTexts.ts'
import { className, classSource } from '../../renderer/text/classNames.ts'
import { stateText } from '../../renderer/text/datasetTexts.ts'
import { formatsFor } from '../../renderer/text/formats.ts'
import { animals, sessions, things } from './dataSets.ts'
import { sampleEntry } from './sampleRuns.ts'

const en = formatsFor('en')
const progress = { stage: 'downloading', doneBytes: 43, totalBytes: 100, bytesPerSecond: 1, secondsLeft: 57 } as const

describe('what a run takes, on one line', () => {
  it.each([
    ['all', animals, usualChoice(animals), 'all 4 classes · 32 × 32 · published split'],
    [
      'one’s own parts',
      { ...animals, obtained: 'own' as const },
      usualChoice(animals),
      'all 4 classes · 32 × 32 · your files’ split',
    ],
    ['a few by name', animals, { ...usualChoice(animals), classes: [1, 3] }, 'dog, owl · 32 × 32 · published split'],
    [
      'a grouping',
      animals,
      { ...usualChoice(animals), labels: 'superclasses', perClass: 50 },
      'all 2 superclasses · 50 per class · 32 × 32 · published split',
    ],
    [
      'a drawn split',
      things,
      usualChoice(things),
      'all 2 classes · 32 × 32, cropped · 30 + the rest per class, random, seed 0',
    ],
    ['sessions', sessions, usualChoice(sessions), 'all 2 classes · 32 × 32, cropped · test session 3'],
    [
      'objects',
      things,
      {
        ...usualChoice(things),
        form: { side: 64, fit: 'fit', cut: { kind: 'object', margin: 0.1, least: 24 } },
        split: { kind: 'drawn', seed: 5, train: null, test: null },
      },
      'all 2 classes · 64 × 64, fitted, objects from 24 pixels with a margin of 10\u00a0% · random, seed 5',
    ],
  ] as const)('says %s', (_what, entry, choice, text) => {
    expect(choiceText(entry, { ...choice, classes: choice.classes === null ? null : [...choice.classes] }, en)).toBe(
      text,
    )
  })
})

test('a class is read with spaces for the underscores of its name in files', () => {
  const names = { classes: ['wild_cat', '_', 'LaTeX_a'], classesRu: ['дикая_кошка', '_', 'LaTeX_a'] }
  expect(className({ notation: 'words' }, names, 0, 'en')).toBe('wild cat')
  expect(className({ notation: 'words' }, names, 0, 'ru')).toBe('дикая кошка')
  expect(className({ notation: 'words' }, names, 1, 'en')).toBe('_')
})

describe('where a set stands', () => {
  const entry = (change: Partial<DatasetEntry>): DatasetEntry => ({
    ...sampleEntry,
    downloadBytes: 139_000_000,
    ...change,
  })

  it.each([
    ['not here', entry({}), 'not downloaded, 139 MB'],
    ['needs a copy', entry({ obtained: 'copy' }), 'needs your own copy'],
    ['downloading', entry({ state: 'getting', progress }), 'Downloading, 43\u00a0%'],
    [
      'just begun',
      entry({ state: 'getting', progress: { ...progress, stage: 'connecting', totalBytes: null } }),
      'Connecting…',
    ],
    ['here', animals, 'ready, 5 MB'],
    ['your own', { ...animals, obtained: 'own' as const }, 'your images, 5 MB'],
  ])('is said with its size: %s', (_what, set, text) => {
    expect(stateText(set, en)).toBe(text)
  })
})

it('names a symbol by what it is, with its LaTeX where that is not the same', () => {
  const symbols = { classes: ['\\alpha', 'A'], classesRu: ['\\alpha', 'A'] }
  expect(
    [0, 1].map((label) => [
      className({ notation: 'latex' }, symbols, label, 'ru'),
      classSource({ notation: 'latex' }, symbols, label),
    ]),
  ).toEqual([
    ['α', '\\alpha'],
    ['A', null],
  ])
  expect(classSource({ notation: 'words' }, { classes: ['\\alpha'], classesRu: [] }, 0)).toBeNull()
})
