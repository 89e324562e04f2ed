import { describe, expect, test } from 'vitest'
import { labels, made, refusal, understoodTable } from './understood.ts'

const kind = (n: number): string => (n % 2 === 0 ? 'cat' : 'dog')

/** The parts of four rows by a column of words. */
function parts(title: string, words: readonly string[], wishes = {}): readonly string[] | null {
  const table = made(
    title === '' ? '' : `file,label,${title}`,
    words.length,
    (n) => `${n}.png,${kind(n)},${words[n - 1]}`,
  )
  const understood = understoodTable(table, wishes)
  expect(understood.labelColumns.map(({ columns }) => columns)).toEqual([[1]])
  return understood.partColumns?.parts ?? null
}

describe('a column of parts', () => {
  test.each([
    ['split', ['train', 'train', 'val', 'test'], ['train', 'train', 'validation', 'test']],
    ['Dataset_Split', ['Train', 'TRAINING', 'valid', 'Testing'], ['train', 'train', 'validation', 'test']],
    ['subset', ['training', 'training', 'validation', 'validation'], ['train', 'train', 'validation', 'validation']],
    ['выборка', ['обучение', 'обучающая', 'тест', 'тестовая'], ['train', 'train', 'test', 'test']],
    ['часть', ['обучающая', 'обучающая', 'валидационная', 'тестовая'], ['train', 'train', 'validation', 'test']],
    ['Usage', ['Training', 'Training', 'PublicTest', 'PrivateTest'], ['train', 'train', 'test', 'test']],
    ['something else', ['train', 'test', 'train', 'test'], ['train', 'test', 'train', 'test']],
    ['', ['train', 'test', 'train', 'test'], ['train', 'test', 'train', 'test']],
    ['is_train', ['1', '0', '1', '1'], ['train', 'test', 'train', 'train']],
    ['is_valid', ['False', 'False', 'True', 'False'], ['train', 'train', 'validation', 'train']],
    ['isTest', ['no', 'no', 'yes', 'no'], ['train', 'train', 'test', 'train']],
    ['train', ['1', '0', '1', '1'], ['train', 'test', 'train', 'train']],
    ['тест', ['нет', 'нет', 'да', 'нет'], ['train', 'train', 'test', 'train']],
    ['is_train,is_test', ['1,0', '0,1', '0,0', '1,0'], ['train', 'test', 'validation', 'train']],
    ['train,val,test', ['1,0,0', '0,1,0', '0,0,1', '1,0,0'], ['train', 'validation', 'test', 'train']],
  ])('%s', (title, words, expected) => {
    expect(parts(title, words)).toEqual(expected)
  })

  test.each([
    ['set', ['a', 'b', 'a', 'b']],
    ['part', ['1', '2', '1', '2']],
    ['usage', ['kitchen', 'garden', 'kitchen', 'garden']],
    ['type', ['train', 'bus', 'train', 'bus']],
    ['is_train', ['maybe', 'no', 'yes', 'no']],
    ['comment', ['train', 'blurred', '', '']],
    ['all,valid', ['x,1', 'x,1', 'x,0', 'x,1']],
  ])('is not: %s', (title, words) => {
    expect(parts(title, words)).toBeNull()
  })

  test.each([
    ['an unknown word', 'split', 'train,train,tset,tset,test', 'reading-part-unknown', '“tset” (2 rows)'],
    ['no known word', 'выборка', 'А,А,Б,А,Б', 'reading-part-unknown', '“А” (3 rows)'],
    ['numbers of two', 'split', '0,1,0,1,1', 'reading-part-unknown', '“1” (3 rows)'],
    ['some known words under a common title', 'set', 'train,test,x,train,test', 'reading-part-unknown', '“x” (1 rows)'],
    ['empty cells', 'subset', 'train,,,test,train', 'reading-part-empty', 'is empty in 2 rows'],
  ])('is refused with %s', (_, title, words, code, part) => {
    const cells = words.split(',')
    const table = made(`file,label,${title}`, cells.length, (n) => `${n}.png,${kind(n)},${cells[n - 1]}`)
    const [found, sentence] = refusal(() => understoodTable(table))
    expect(found).toBe(code)
    expect(sentence).toContain(part)
    expect(sentence).toContain(`The column “${title}” of set/table.csv`)
    // A person who decides the parts otherwise may have it.
    for (const wishes of [{ partsFrom: 'seed' as const }, { partsFrom: 'folders' as const }, { train: ['images'] }]) {
      expect(understoodTable(table, wishes).partColumns).toBeNull()
    }
    expect(refusal(() => understoodTable(table, { splitColumn: title, partsFrom: 'table' }))[0]).toMatch(
      title === 'split' && words.startsWith('0') ? 'taken' : code,
    )
  })

  test('may have other words in rows whose pictures are not there', () => {
    const table = 'file,label,usage\n1.png,cat,train\n2.png,dog,test\n3.png,cat,train\nlost.png,dog,Ignored'
    expect(understoodTable(table).partColumns?.parts.slice(0, 3)).toEqual(['train', 'test', 'train'])
  })

  test('is not a class of vehicles that is called train', () => {
    const understood = understoodTable(made('file,bus,train', 6, (n) => `${n}.png,${n % 2},${1 - (n % 2)}`))
    expect(understood.partColumns).toBeNull()
    expect(labels(understood)).toMatchObject({ 'set/images/1.png': 'bus', 'set/images/2.png': 'train' })
  })

  test('is the chosen one among several', () => {
    const table = made(
      'file,label,split,fold_a',
      4,
      (n) => `${n}.png,${kind(n)},train,${n % 2 === 0 ? 'test' : 'train'}`,
    )
    expect(understoodTable(table).partColumns?.names).toEqual(['split'])
    expect(understoodTable(table, { splitColumn: 'fold_a' }).partColumns?.parts).toEqual([
      'train',
      'test',
      'train',
      'test',
    ])
    expect(refusal(() => understoodTable(table, { splitColumn: 'label' }))[0]).toBe('reading-part-unknown')
  })
})

describe('a column of folds', () => {
  const folds = (title: string, cells: readonly string[], wishes = {}): readonly (number | null)[] | null => {
    const table = made(`file,label,${title}`, cells.length, (n) => `${n}.png,${kind(n)},${cells[n - 1]}`)
    return understoodTable(table, wishes).foldColumn?.folds ?? null
  }

  test.each([
    ['fold', ['0', '1', '2', '1'], [0, 1, 2, 1]],
    ['kfold', ['0.0', '1.0', '', '1.0'], [0, 1, null, 1]],
    ['фолд', ['1', '2', '2', '1'], [1, 2, 2, 1]],
    ['Fold', ['fold_1', 'fold_2', 'fold_2', 'fold_1'], [1, 2, 2, 1]],
    ['split', ['0', '1', '2', '3'], [0, 1, 2, 3]],
  ])('%s', (title, cells, expected) => {
    expect(folds(title, cells)).toEqual(expected)
  })

  test.each([
    ['fold', ['1', '1', '1', '1']],
    ['fold', ['-1', '0', '1', '2']],
    ['fold', ['0.5', '1.5', '0.5', '1.5']],
    ['number', ['0', '1', '2', '3']],
  ])('is not: %s %j', (title, cells) => {
    expect(folds(title, cells)).toBeNull()
    expect(
      understoodTable(made(`file,label,${title}`, 4, (n) => `${n}.png,${kind(n)},${cells[n - 1]}`)).labelColumns,
    ).toHaveLength(1)
  })

  test('is the chosen one, whatever its title', () => {
    expect(folds('group', ['0', '1', '0', '1'], { splitColumn: 'group' })).toEqual([0, 1, 0, 1])
  })
})
