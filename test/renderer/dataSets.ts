import { ownForm, pictureForm } from '../../core/data/dataChoice.ts'
import { plainSet, type DatasetEntry, type DatasetPart, type PreparedFormEntry } from '../../core/data/dataset.ts'
import { sampleEntry } from './sampleRuns.ts'

function formOf(
  form: PreparedFormEntry['form'],
  parts: readonly DatasetPart[],
  image: PreparedFormEntry['image'],
): PreparedFormEntry {
  return {
    form,
    prepared: { sha256: 'a'.repeat(64), bytes: 1, source: 'publisher', preparedAt: '2026-11-24T00:00:00.000Z' },
    image,
    parts: [...parts],
    twins: 0,
  }
}

function ready(entry: DatasetEntry, parts: DatasetPart[], form = entry.ownSize ? ownForm : pictureForm): DatasetEntry {
  const prepared = formOf(form, parts, entry.image)
  return {
    ...entry,
    state: 'ready',
    prepared: prepared.prepared,
    forms: [prepared],
    contents: {
      parts,
      published: true,
      edition: null,
      broken: { count: 0, first: [] },
      missing: [],
      leftOut: [],
      plan: null,
      bytes: 5_000_000,
    },
  }
}

/** Four classes in two superclasses, with an official split. */
export const animals: DatasetEntry = ready(
  {
    ...sampleEntry,
    id: 'animals',
    name: 'Animals',
    classes: ['cat', 'dog', 'hen', 'owl'],
    classesRu: ['кошка', 'собака', 'курица', 'сова'],
    sizes: { train: 400, test: 40 },
    ...plainSet,
    groupings: [
      { id: 'superclasses', classes: ['mammal', 'bird'], classesRu: ['млекопитающее', 'птица'], of: [0, 0, 1, 1] },
    ],
  },
  [
    { split: 'train', group: null, counts: [100, 100, 100, 100] },
    { split: 'test', group: null, counts: [10, 10, 10, 10] },
  ],
)

/** Pictures of any size with a background class, without an official split. */
export const things: DatasetEntry = ready(
  {
    ...sampleEntry,
    id: 'things',
    name: 'Things',
    classes: ['background', 'cup', 'lamp'],
    classesRu: ['фон', 'чашка', 'лампа'],
    ...plainSet,
    ownSize: false,
    cuts: ['whole', 'object'],
    background: 0,
    split: { kind: 'drawn', train: 30, test: null },
  },
  [{ split: 'train', group: null, counts: [50, 40, 8] }],
)

/** Pictures in four sessions. */
export const sessions: DatasetEntry = ready(
  {
    ...sampleEntry,
    id: 'sessions',
    name: 'Sessions',
    ...plainSet,
    ownSize: false,
    split: { kind: 'groups', unit: 'session', test: [3, 7] },
  },
  [1, 2, 3, 4].map((group) => ({ split: 'train', group, counts: [20, 20] })),
)
