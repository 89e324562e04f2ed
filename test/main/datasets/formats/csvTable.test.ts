import { describe, expect, test } from 'vitest'
import { phraseText } from '../../../../core/words/phrases.ts'
import { SourceError } from '../../../../main/datasets/definition.ts'
import { csvTable, readCsv } from '../../../../main/datasets/formats/csvTable.ts'

const plain = [
  ['path', 'label'],
  ['a.jpg', 'кот'],
  ['b.jpg', 'пёс'],
]
const text = 'path,label\na.jpg,кот\nb.jpg,пёс\n'

function utf16be(of: string): Buffer {
  return Buffer.from(of, 'utf16le').swap16()
}

/** `path;label`, `a.jpg;кот`, `b.jpg;пёс`: Cyrillic letters have one byte each. */
const windows = Buffer.concat([
  Buffer.from('path;label\r\na.jpg;'),
  Buffer.from([0xea, 0xee, 0xf2]),
  Buffer.from('\r\nb.jpg;'),
  Buffer.from([0xef, 0xb8, 0xf1]),
  Buffer.from('\r\n'),
])

test.each([
  ['UTF-8', Buffer.from(text)],
  ['UTF-8 with a mark', Buffer.from(`\uFEFF${text}`)],
  ['UTF-16 with a mark', Buffer.from(`\uFEFF${text}`, 'utf16le')],
  ['UTF-16 the other way with a mark', utf16be(`\uFEFF${text}`)],
  ['UTF-16 without a mark', Buffer.from(text, 'utf16le')],
  ['UTF-16 the other way without a mark', utf16be(text)],
  ['Windows-1251', windows],
])('a table in %s', (_, bytes) => {
  expect(readCsv(bytes)).toEqual(plain)
})

test.each([
  ['semicolons', 'path;label\na.jpg;кот\nb.jpg;пёс'],
  ['tabs', 'path\tlabel\na.jpg\tкот\nb.jpg\tпёс'],
  ['vertical bars', 'path|label\na.jpg|кот\nb.jpg|пёс'],
  ['CRLF', text.replaceAll('\n', '\r\n')],
  ['CR alone', text.replaceAll('\n', '\r')],
  ['line ends of both kinds', 'path,label\r\na.jpg,кот\nb.jpg,пёс\r\n'],
  ['quotes', '"path","label"\r\n"a.jpg","кот"\r\n"b.jpg","пёс"'],
  ['blanks after delimiters', 'path, label\na.jpg, "кот"\nb.jpg,\u00a0пёс '],
  ['blank lines everywhere', '\n  \npath,label\n\na.jpg,кот\n,\nb.jpg,пёс\n\n'],
  ['a named delimiter', 'sep=;\r\npath;label\r\na.jpg;кот\r\nb.jpg;пёс'],
  ['a named delimiter, saved again', 'sep=;;\npath;label\na.jpg;кот\nb.jpg;пёс'],
  ['a named delimiter in quotes behind a mark', '\uFEFF"SEP=|"\n\npath|label\na.jpg|кот\nb.jpg|пёс'],
  ['a named tab', 'sep=\\t\npath\tlabel\na.jpg\tкот\nb.jpg\tпёс'],
  ['comments', `# made by me, on Monday\n// with care\n${text}`],
  ['a comment that was saved as a table', `"# made by me",\n${text}`],
  ['a comment with as many cells as the titles', `# my cats, and dogs\n${text}`],
  ['such a comment above quotes', '# my cats, and dogs\n"path","label"\n"a.jpg","кот"\n"b.jpg","пёс"'],
  ['titles that begin with a mark', '# made by me\n#path,label\na.jpg,кот\nb.jpg,пёс'],
  ['titles that begin with a mark in quotes', '"# path";"label"\na.jpg;кот\nb.jpg;пёс'],
])('a table with %s', (_, table) => {
  expect(readCsv(Buffer.from(table))).toEqual(plain)
})

describe('delimiters are told by how evenly they divide the lines', () => {
  test.each([
    ['decimal commas', 'a.jpg;0,5;кот\nb.jpg;0,7;пёс', ['a.jpg', '0,5', 'кот']],
    ['more decimal commas than cells', 'a.jpg;0,5 0,5 1,5\nb.jpg;0,7 0,5 2,5', ['a.jpg', '0,5 0,5 1,5']],
    ['commas between digits alone', '1,0,1\n2,1,0', ['1', '0', '1']],
    ['semicolons in some cells', 'a.jpg,x;y;z\nb.jpg,x\nc.jpg,y', ['a.jpg', 'x;y;z']],
    ['commas in some cells', 'a.jpg;x, y, z\nb.jpg;x\nc.jpg;y', ['a.jpg', 'x, y, z']],
    ['bars in some cells', 'a.png,Mass|Nodule\nb.png,Mass\nc.png,Nodule', ['a.png', 'Mass|Nodule']],
    ['other delimiters within quotes', '"a;1.jpg","x;y"\n"b;1.jpg","x;z"', ['a;1.jpg', 'x;y']],
    ['a line end within quotes', 'a.jpg;"x\n,,,"\nb.jpg;y', ['a.jpg', 'x\n,,,']],
    ['another one named', 'sep=,\na;1.jpg,кот\nb;1.jpg,пёс', ['a;1.jpg', 'кот']],
    ['one column', 'a.jpg\nb.jpg', ['a.jpg']],
  ])('%s', (_, table, first) => {
    expect(readCsv(Buffer.from(table))[0]).toEqual(first)
  })
})

test('a title that is a mark alone stays', () => {
  expect(readCsv(Buffer.from('#,path,label\n1,a.jpg,кот'))[0]).toEqual(['#', 'path', 'label'])
})

test('rows that all begin with a mark are rows', () => {
  expect(readCsv(Buffer.from('#1,a.jpg\n#2,b.jpg'))).toEqual([
    ['#1', 'a.jpg'],
    ['#2', 'b.jpg'],
  ])
})

test('what has no rows is a table without rows', () => {
  expect(readCsv(Buffer.from('\uFEFF\n\n'))).toEqual([])
})

test.each([
  ['a picture under a wrong name', Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0', 'latin1'), 'it is no text'],
  ['zeros', Buffer.alloc(64), 'it is no text'],
  ['an open quote', Buffer.from('path,label\na.jpg,"кот\nb.jpg,пёс'), 'a quote that opens in row 2 is never closed'],
])('%s is refused in a sentence', (_, bytes, sentence) => {
  const { rows, why } = csvTable(bytes)
  expect(rows).toBeNull()
  expect(why === null ? null : phraseText(why, 'en')).toBe(sentence)
  expect(() => readCsv(bytes)).toThrow(SourceError)
})
