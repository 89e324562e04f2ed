import { describe, expect, test } from 'vitest'
import { isSpreadsheet } from '../../../core/reading/tableNames.ts'
import { labels, made, numbered, refusal, understoodTable, understoodTables, whyOf } from './understood.ts'

const kinds = ['cat', 'dog', 'bird']
const kind = (n: number): string => kinds[n % 3]
const byKind = Object.fromEntries(numbered(12).map((path, at) => [path, kind(at + 1)]))

describe('the column of labels is the one with a known title', () => {
  test.each([
    ['label', 'width,label,author'],
    ['Class Name', 'source,Class Name,copyright'],
    ['ClassId', 'Width,ClassId,Roi.X1'],
    ['dx', 'lesion_id,dx,localization'],
    ['species', 'site,species,sex'],
    ['breed', 'color,breed,owner'],
    ['cultivar', 'field,cultivar,plot'],
    ['метка', 'автор,метка,ширина'],
    ['Порода', 'цвет,Порода,хозяин'],
    ['тип', 'город,тип,год'],
    ['ДИАГНОЗ', 'стадия,ДИАГНОЗ,пол'],
  ])('%s', (title, titles) => {
    const understood = understoodTable(made(`file,${titles}`, 12, (n) => `${n}.png,${n % 2},${kind(n)},${n % 4}`))
    expect(labels(understood)).toEqual(byKind)
    expect(understood.labelColumns).toMatchObject([{ names: [title], known: true, wish: title }])
    expect(understood.why).toBeNull()
  })

  test.each([
    [
      'its labels all differ',
      'id,label',
      (n: number) => `${n},name ${n}`,
      'the labels in its column “label” all differ',
    ],
    ['it measures', 'id,target', (n: number) => `${n},0.${n % 3}`, 'no column besides the paths holds labels or parts'],
    [
      'it measures with commas',
      'id,класс',
      (n: number) => `${n},${n % 2};5`,
      'no column besides the paths holds labels or parts',
    ],
    ['it is empty', 'id,label', (n: number) => `${n},`, 'no column besides the paths holds labels or parts'],
  ])('but not where %s', (_, titles, row, why) => {
    const table = made(titles, 12, row)
    // The rows of these tests are divided by commas, so that a decimal comma comes in by the back door.
    const [understood] = understoodTables(numbered(12), { 'set/table.csv': table.replaceAll(/;/g, '.') })
    expect(understood.labelColumns).toEqual([])
    expect(whyOf(understood)).toBe(why)
  })

  test('of several that divide the rows alike the one with words', () => {
    const table = made('ClassId,class_name,file', 12, (n) => `${n % 3},${kind(n)},${n}.png`)
    expect(understoodTable(table).labelColumns).toMatchObject([{ names: ['class_name'], columns: [1] }])
    expect(labels(understoodTable(table, { labelColumn: 'ClassId' }))).toMatchObject({ 'set/images/1.png': '1' })
  })

  test('several that divide them otherwise are all handed on', () => {
    const table = made('file,species,breed', 12, (n) => `${n}.png,${kind(n).length},${kind(n + 1)}${n % 2}`)
    expect(labels(understoodTable(table))).toEqual(['species', 'breed'])
    expect(labels(understoodTable(table, { labelColumn: 'breed' }))).toMatchObject({ 'set/images/1.png': 'bird1' })
  })

  test('a title that may mean something else counts where there is no other', () => {
    expect(labels(understoodTable(made('file,type,label', 12, (n) => `${n}.png,${n % 2},${kind(n)}`)))).toEqual(byKind)
    expect(labels(understoodTable(made('file,size,kind', 12, (n) => `${n}.png,${n % 2},${kind(n)}`)))).toEqual(byKind)
  })

  test('one of a single class only where there is no other', () => {
    const one = (titles: string): unknown => labels(understoodTable(made(titles, 12, (n) => `${n}.png,pet,${kind(n)}`)))
    expect(one('file,class,species')).toEqual(byKind)
    expect(one('file,class,kind')).toEqual(byKind)
    expect(one('file,class,colour')).toMatchObject({ 'set/images/1.png': 'pet' })
  })

  test('what pandas writes for nothing is no label', () => {
    const understood = understoodTable(made('file,label', 9, (n) => `${n}.png,${n % 3 === 0 ? 'nan' : kind(n)}`))
    expect(labels(understood)).toMatchObject({ 'set/images/1.png': 'dog', 'set/images/3.png': '' })
  })
})

describe('otherwise it is the column whose values repeat', () => {
  test.each([
    ['words', (n: number) => kind(n)],
    ['few numbers', (n: number) => String(n % 3)],
    ['numbers of ImageNet', (n: number) => `n0144076${n % 3}`],
    ['words with numbers', (n: number) => `sign ${n % 3}`],
    ['several words', (n: number) => `${kind(n)} with a leaf spot`],
  ])('of %s', (_, value) => {
    expect(labels(understoodTable(made('file,sort_of', 12, (n) => `${n}.png,${value(n)}`)))).toMatchObject({
      'set/images/1.png': value(1),
      'set/images/2.png': value(2),
    })
    expect(labels(understoodTable(made('', 12, (n) => `${value(n)},${n}.png`)))).toMatchObject({
      'set/images/1.png': value(1),
      'set/images/2.png': value(2),
    })
  })

  test.each([
    ['sizes', (n: number) => String(640 + 100 * (n % 2))],
    ['sizes in two directions', (n: number) => `640x${480 + (n % 2)}`],
    ['sizes with units', (n: number) => `${n % 3} KB`],
    ['fractions', (n: number) => `0.${n % 3}`],
    ['coordinates', (n: number) => `[${n % 3} 4 5 6]`],
    ['dates', (n: number) => `2024-05-0${(n % 3) + 1}`],
    ['dates with points', (n: number) => `0${(n % 3) + 1}.05.2024 12:30`],
    ['years', (n: number) => String(2019 + (n % 3))],
    ['hashes', (n: number) => `d41d8cd98f00b204e9800998ecf8427${n % 3}`],
    ['paths', (n: number) => `masks/${n % 3}.png`],
    ['addresses', (n: number) => `https://example.org/${n % 3}`],
    ['prose', (n: number) => `a picture of a ${kind(n)} in the grass`],
    ['identifiers', (n: number) => `P-00${Math.ceil(n / 2)}`],
    ['numbers of rows', (n: number) => String(n - 1)],
    ['one value', () => 'cat'],
    ['words that never repeat', (n: number) => `${kind(n)} ${'x'.repeat(n)}`],
  ])('but not of %s', (_, value) => {
    const understood = understoodTable(made('file,sort_of', 12, (n) => `${n}.png,${value(n)}`))
    expect(understood.labelColumns).toEqual([])
    expect(whyOf(understood)).toBe('no column besides the paths holds labels or parts')
  })

  test.each([
    ...['width', 'height', 'author', 'licence', 'license', 'Credit', 'caption', 'remark', 'comment', 'SHA-256', 'date'],
    ...['x', 'xmin', 'bbox_w', 'Roi.X1', 'age', 'sex', 'source', 'url', 'patient_id', 'lesionId', 'Image Height'],
    ...['автор', 'Ширина', 'примечание', 'подпись', 'лицензия', 'источник', 'возраст', '№', 'контрольная сумма'],
  ])('and not under the title %s', (title) => {
    expect(labels(understoodTable(made(`file,${title}`, 12, (n) => `${n}.png,${kind(n)}`)))).toBeNull()
    expect(labels(understoodTable(made(`file,${title},sort_of`, 12, (n) => `${n}.png,${n % 2},${kind(n)}`)))).toEqual(
      byKind,
    )
  })

  test('several are all handed on, by number where they have no title', () => {
    expect(labels(understoodTable(made('file,colour,form', 12, (n) => `${n}.png,${kind(n)},${n % 2}`)))).toEqual([
      'colour',
      'form',
    ])
    expect(labels(understoodTable(made('', 12, (n) => `${kind(n)},${n}.png,${n % 2}`)))).toEqual(['1', '3'])
    expect(
      labels(
        understoodTable(
          made('', 12, (n) => `${kind(n)},${n}.png,${n % 2}`),
          { labelColumn: '1' },
        ),
      ),
    ).toEqual(byKind)
  })
})

describe('one-hot columns', () => {
  test.each([
    ['0 and 1', 'bird,cat,dog', ['1', '0']],
    ['0.0 and 1.0', 'bird,cat,dog', ['1.0', '0.0']],
    ['true and false', 'bird,cat,dog', ['True', 'False']],
  ])('of %s are labels by their titles', (_, titles, [one, zero]) => {
    const hot = (n: number): string =>
      titles
        .split(',')
        .map((title) => (title === kind(n) ? one : zero))
        .join(',')
    const understood = understoodTable(made(`image_id,${titles}`, 12, (n) => `${n},${hot(n)}`))
    expect(labels(understood)).toEqual(byKind)
    expect(understood.labelColumns).toMatchObject([{ columns: [1, 2, 3], names: ['bird', 'cat', 'dog'], wish: titles }])
  })

  test('may stand beside others, and are chosen by their titles together or one alone', () => {
    const table = made('id,cat,dog,colour', 12, (n) => `${n},${n % 2},${1 - (n % 2)},${kind(n)}`)
    expect(labels(understoodTable(table))).toEqual(['cat,dog', 'colour'])
    expect(labels(understoodTable(table, { labelColumn: 'cat,dog' }))).toMatchObject({ 'set/images/1.png': 'cat' })
    expect(labels(understoodTable(table, { labelColumn: 'dog' }))).toMatchObject({ 'set/images/1.png': '0' })
    expect(refusal(() => understoodTable(table, { labelColumn: 'dog,cat' }))[0]).toBe('reading-column-unknown')
  })

  test('are none where a row has two, and are left alone where the label is known', () => {
    const two = made('id,cat,dog', 12, (n) => `${n},${n % 2},1`)
    expect(understoodTable(two).labelColumns.map(({ wish }) => wish)).toEqual(['cat'])
    const known = made('id,cat,dog,label', 12, (n) => `${n},${n % 2},${1 - (n % 2)},${kind(n)}`)
    expect(labels(understoodTable(known))).toEqual(byKind)
  })
})

describe('several tables', () => {
  const train = made('id,label', 8, (n) => `${n},${kind(n)}`)
  const last = (row: (n: number) => string, titles = 'id,label'): string => made(titles, 4, (n) => row(n + 8))
  const answers = 'its name says that it holds answers for a competition or predictions, not labels'

  test.each([
    ['a form', 'sample_submission.csv', last((n) => `${n},${kind(n)}`), answers],
    ['another form', 'sampleSubmission.csv', last((n) => `${n},cat`), answers],
    ['one more', 'gender_submission.csv', last((n) => `${n},${n % 2}`), answers],
    ['a form of a part with a list', 'submission.csv', last((n) => `${n},${kind(n)}`), answers],
    ['predictions', 'predictions.csv', last((n) => `${n},${kind(n)}`), answers],
    [
      'a test table without labels',
      'test.csv',
      last((n) => String(n), 'id'),
      'no column besides the paths holds labels or parts',
    ],
    [
      'a test table of one label',
      'test.csv',
      last((n) => `${n},cat`),
      'all its rows have the same label, “cat”, which stands in for those to be predicted',
    ],
    [
      'a test table of empty labels',
      'test.csv',
      last((n) => `${n},`),
      'no column besides the paths holds labels or parts',
    ],
    [
      'something else',
      'staff.csv',
      'name,mark\nIvanov,5\nPetrov,4\nSidorov,5\nSmirnov,5\nOrlov,4\n',
      'its cells name no image here: one is “Ivanov”, and the path of an image is “images/1.png”',
    ],
  ])('%s has no labels and does not stop the rest', (_, name, table, why) => {
    const [real, other] = understoodTables(numbered(12), { 'set/train.csv': train, [`set/${name}`]: table })
    expect(Object.keys(labels(real) ?? {})).toHaveLength(8)
    expect(real.part).toBe('train')
    expect(labels(other)).toBeNull()
    expect(whyOf(other)).toBe(why)
  })

  test('a test table with labels has them, and its part', () => {
    const [, test] = understoodTables(numbered(12), {
      'set/train.csv': train,
      'set/test.csv': last((n) => `${n},${kind(n)}`),
    })
    expect(labels(test)).toMatchObject({ 'set/images/9.png': 'cat' })
    expect(test.part).toBe('test')
  })

  test('a table for each class may have one label, and none may repeat within a small table', () => {
    const each = understoodTables(numbered(12), {
      'set/cats.csv': made('file,label', 5, (n) => `${n}.png,cat`),
      'set/dogs.csv': made('file,label', 5, (n) => `${n + 5}.png,dog`),
    })
    expect(each.map(labels)).toMatchObject([{ 'set/images/1.png': 'cat' }, { 'set/images/6.png': 'dog' }])
    const small = understoodTables(numbered(3), {
      'set/train.csv': '1.png,cat\n2.png,dog',
      'set/test.csv': '3.png,cat',
    })
    expect(small.map(labels)).toEqual([
      { 'set/images/1.png': 'cat', 'set/images/2.png': 'dog' },
      { 'set/images/3.png': 'cat' },
    ])
  })

  test('but not in a table of some length: it is an index of classes', () => {
    const [, index] = understoodTables(numbered(40), {
      'set/train.csv': made('file,ClassId', 26, (n) => `${n}.png,${n % 13}`),
      'set/meta.csv': made('file,ClassId', 13, (n) => `${n + 26}.png,${n - 1}`),
    })
    expect(labels(index)).toBeNull()
    expect(whyOf(index)).toBe('the labels in its column “ClassId” all differ')
  })

  test('a chosen column is that of all tables that have it, or of the named one', () => {
    const tables = {
      'set/a.csv': made('id,breed,label', 6, (n) => `${n},${n % 2},${kind(n)}`),
      'set/b.csv': made('id,label', 6, (n) => `${n + 6},${kind(n)}`),
    }
    const chosen = (labelColumn: string): unknown[] =>
      understoodTables(numbered(12), tables, { labelColumn }).map((one) =>
        one.labelColumns.map(({ names }) => names[0]),
      )
    expect(chosen('label')).toEqual([['label'], ['label']])
    expect(chosen('breed')).toEqual([['breed'], []])
    expect(chosen('a.csv:label')).toEqual([['label'], []])
    expect(chosen('2')).toEqual([['breed'], ['label']])
    expect(whyOf(understoodTables(numbered(12), tables, { labelColumn: 'breed' })[1])).toBe('it has no column “breed”')
    const [code, sentence] = refusal(() => chosen('species'))
    expect(code).toBe('reading-column-unknown')
    expect(sentence).toContain('The columns are: set/a.csv: id, breed, label; set/b.csv: id, label.')
  })

  test('a table that could not be read says so', () => {
    const [understood] = understoodTables(numbered(2), { 'set/empty.csv': 'file,label' })
    expect(whyOf(understood)).toBe('it has no rows')
  })
})

test('spreadsheets are known by their names', () => {
  expect(['a.xlsx', 'set/b.XLS', 'таблица.ods', 'labels.numbers'].filter(isSpreadsheet)).toHaveLength(4)
  expect(['a.csv', 'xlsx', 'ods.png', 'a.xlsx.csv', 'set/~$a.xlsx'].filter(isSpreadsheet)).toEqual([])
})
