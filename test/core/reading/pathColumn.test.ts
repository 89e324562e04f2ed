import { describe, expect, test } from 'vitest'
import { labels, made, numbered, refusal, understoodTable, understoodTables, whyOf } from './understood.ts'

const kinds = ['cat', 'dog', 'cat']
const kind = (n: number): string => kinds[n % 3]
const expected = { 'set/images/1.png': 'dog', 'set/images/2.png': 'cat', 'set/images/3.png': 'cat' }

describe('the column that names the pictures', () => {
  test.each([
    ['has paths', made('path,label', 3, (n) => `images/${n}.png,${kind(n)}`), 0],
    ['has names without endings', made('id,label', 3, (n) => `${n},${kind(n)}`), 0],
    ['needs no titles', made('', 3, (n) => `${kind(n)},${n}.png`), 1],
    ['stands beside numbers of rows', made(',path,label', 3, (n) => `${n - 1},images/${n}.png,${kind(n)}`), 1],
    ['stands beside numbers of rows that R wrote', made('path,label', 3, (n) => `${n},images/${n}.png,${kind(n)}`), 1],
    ['stands beside the same in another way', made('id,file,label', 3, (n) => `${n},${n}.png,${kind(n)}`), 1],
    ['is called so', made('mask,image,label', 3, (n) => `${4 - n}.png,${n}.png,${kind(n)}`), 1],
    ['is no address', made('url,name,label', 3, (n) => `http://x/${4 - n}.png,${n}.png,${kind(n)}`), 1],
    ['has lost its zeros', made('n,label', 3, (n) => `${n},${kind(n)}`), 0],
  ])('%s', (what, table, column) => {
    const zeros = what === 'has lost its zeros' ? '00' : ''
    const understood = understoodTable(
      table,
      {},
      numbered(3).map((path) => path.replace(/(\d)\.png/, `${zeros}$1.png`)),
    )
    expect(understood.pathColumn).toBe(column)
    expect(understood.pathChoices).toEqual([])
    expect(understood.absent).toEqual([])
    expect(understood.why).toBeNull()
    expect(labels(understood)).toEqual(
      Object.fromEntries(
        Object.entries(expected).map(([path, label]) => [path.replace(/(\d)\.png/, `${zeros}$1.png`), label]),
      ),
    )
  })

  test.each([
    ['two without known titles', 'left,right,same'],
    ['two with known titles', 'image,photo,same'],
  ])('is asked for where it could be either: %s', (_, titles) => {
    const pairs = made(titles, 6, (n) => `${n}.png,${13 - n}.png,${n % 2}`)
    const understood = understoodTable(pairs)
    expect(understood.pathColumn).toBeNull()
    expect(understood.pathChoices.map(({ name }) => name)).toEqual(titles.split(',').slice(0, 2))
    expect(understood.rows.every(({ picture }) => picture === null)).toBe(true)
    expect(whyOf(understood)).toMatch(/^two of its columns name images, /)
    const chosen = understoodTable(pairs, { pathColumn: titles.split(',')[1] })
    expect(chosen.rows.map(({ picture }) => picture)).toEqual(numbered(12).slice(6).reverse())
    expect(chosen.why).toBeNull()
  })

  test('says what its cells and the pictures are like where no cell names one', () => {
    const understood = understoodTable('name,file,label\nAnn,IMG_1.jpg,cat\nBob,IMG_2.jpg,dog')
    expect(understood.pathColumn).toBeNull()
    expect(understood.labelColumns).toEqual([])
    expect(whyOf(understood)).toBe(
      'its cells name no image here: one is “IMG_1.jpg”, and the path of an image is “images/1.png”',
    )
  })

  test('has titles above it, unless the first row names a picture, there or not', () => {
    const titles = (table: string): readonly string[] | null => understoodTable(table).titles
    expect(titles('a,b\n1.png,cat\n2.png,dog')).toEqual(['a', 'b'])
    expect(titles('1.png,label\n2.png,dog')).toBeNull()
    expect(titles('lost.png,cat\n2.png,dog\n3.png,cat')).toBeNull()
    expect(titles('image.png,label\n2.png,dog\n3.png,cat')).toEqual(['image.png', 'label'])
    expect(
      understoodTable('image,label\n2,dog\n3,cat', {}, ['s/image.png', 's/2.png', 's/3.png']).titles,
    ).not.toBeNull()
  })
})

describe('what is not there', () => {
  test('is named once, and does not stop the rest', () => {
    const understood = understoodTable('file,label\n1.png,cat\n2.png,dog\nlost.png,cat\nlost.png,dog\n,cat')
    expect(understood.absent).toEqual(['lost.png'])
    expect(understood.rows.map(({ picture }) => picture)).toEqual([numbered(1)[0], numbered(2)[1], null, null, null])
  })

  test('is not taken for another picture that the table names more closely', () => {
    const understood = understoodTable('file,label\nimages/1.png,cat\nmore/1.png,dog\nmore/2.png,dog\nimages/3.png,cat')
    expect(understood.absent).toEqual(['more/1.png'])
  })

  test('a number without its zeros is not the picture that the column names with them', () => {
    const understood = understoodTable('file,label\n001,cat\n1,dog\n2,dog', {}, ['s/001.png', 's/002.png', 's/x.png'])
    expect(understood.rows.map(({ picture }) => picture)).toEqual(['s/001.png', null, 's/002.png'])
    expect(understood.absent).toEqual(['1'])
  })
})

describe('pictures of one name', () => {
  const both = ['set/train/1.png', 'set/train/2.png', 'set/test/1.png', 'set/test/2.png']
  const table = 'id,label\n1,cat\n2,dog\n'
  const pictures = (understood: ReturnType<typeof understoodTables>): unknown[] =>
    understood.map(({ rows }) => rows.map(({ picture }) => picture))

  test('are told apart by the names of tables, also of competitions', () => {
    expect(pictures(understoodTables(both, { 'set/trainLabels.csv': table, 'set/test_labels.csv': table }))).toEqual([
      ['set/train/1.png', 'set/train/2.png'],
      ['set/test/1.png', 'set/test/2.png'],
    ])
  })

  test('by the folders of tables', () => {
    expect(pictures(understoodTables(both, { 'set/test/labels.csv': table }))).toEqual([
      ['set/test/1.png', 'set/test/2.png'],
    ])
  })

  test('by a column of parts', () => {
    const parted = 'id,label,split\n1,cat,train\n2,dog,train\n1,dog,test\n2,cat,test'
    expect(pictures(understoodTables(both, { 'set/labels.csv': parted }))).toEqual([
      ['set/train/1.png', 'set/train/2.png', 'set/test/1.png', 'set/test/2.png'],
    ])
  })

  test('by a column of their folders, which may be that of labels', () => {
    const folders = ['set/cat/1.png', 'set/cat/2.png', 'set/dog/1.png', 'set/dog/2.png']
    const rows = 'file,colour,class\n1.png,red,cat\n2.png,red,cat\n1.png,grey,dog\n2.png,red,dog'
    expect(pictures(understoodTables(folders, { 'set/labels.csv': rows }))).toEqual([folders])
    // A folder that is not there decides nothing.
    expect(pictures(understoodTables(folders, { 'set/labels.csv': rows.replaceAll('dog', 'cow') }))).toEqual([
      [null, null, null, null],
    ])
  })

  test('and are not those of a part that has a table of its own', () => {
    const [train, test] = understoodTables(both.slice(0, 2), {
      'set/trainLabels.csv': table,
      'set/testLabels.csv': table,
    })
    expect(labels(train)).toEqual({ 'set/train/1.png': 'cat', 'set/train/2.png': 'dog' })
    expect(labels(test)).toBeNull()
    expect(test.absent).toEqual(['1', '2'])
    expect(whyOf(test)).toBe('the images of its part of the set are not here')
    const forms = { 'set/test.csv': 'id\n1\n2', 'set/submission.csv': table }
    expect(understoodTables(both.slice(2), forms).map(whyOf)[1]).toMatch(/^its name says that it holds answers/)
    // A table of its own is needed: lists of all parts may name the pictures of one folder.
    const [val] = understoodTables(both.slice(0, 2), { 'set/val.csv': table })
    expect(val.rows.map(({ picture }) => picture)).toEqual(['set/train/1.png', 'set/train/2.png'])
  })

  test('or else are no picture at all', () => {
    const [understood] = understoodTables(both, { 'set/labels.csv': `${table}1,cat` })
    expect(understood.ambiguous).toEqual([
      { cell: '1', pictures: ['set/test/1.png', 'set/train/1.png'] },
      { cell: '2', pictures: ['set/test/2.png', 'set/train/2.png'] },
    ])
    expect(understood.absent).toEqual([])
    expect(whyOf(understood)).toBe('several images fit each of its cells: “1” may be test/1.png or train/1.png')
  })
})

describe('a chosen column', () => {
  const table = 'first,second,label\n1.png,4.png,cat\n2.png,5.png,dog\n3.png,6.png,dog'

  test.each([
    ['by its title', 'second'],
    ['by its title in another way', 'SECOND '],
    ['by its number', '2'],
    ['in a table', 'table.csv:second'],
    ['in a table by its path and number', 'set/table.csv:2'],
  ])('wins %s', (_, pathColumn) => {
    const understood = understoodTable(table, { pathColumn })
    expect(understood.rows.map(({ picture }) => picture)).toEqual(numbered(6).slice(3))
  })

  test.each([
    ['that is not there', 'third', 'reading-column-unknown'],
    ['beyond the last', '4', 'reading-column-unknown'],
    ['of a table that is not there', 'other.csv:first', 'reading-column-unknown'],
  ])('is refused %s', (_, pathColumn, code) => {
    const [found, sentence] = refusal(() => understoodTable(table, { pathColumn }))
    expect(found).toBe(code)
    expect(sentence).toContain(`“${pathColumn}”. The columns are: set/table.csv: first, second, label.`)
  })

  test('is refused where there is no table', () => {
    expect(refusal(() => understoodTables(numbered(2), {}, { labelColumn: 'x' }))[0]).toBe(
      'reading-column-without-table',
    )
  })
})
