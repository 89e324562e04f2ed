import { describe, expect, test } from 'vitest'
import { PictureIndex, type PlaceOfCell } from '../../../core/reading/pictureIndex.ts'
import type { Part } from '../../../core/reading/readingPlan.ts'

function partOf(picture: string): Part | null {
  if (picture.includes('/train/')) return 'train'
  return picture.includes('/test/') ? 'test' : null
}

/** The picture that a cell names, two of them where it is ambiguous, or null. */
function found(
  pictures: readonly string[],
  cell: string,
  place: Partial<PlaceOfCell> = {},
  zerosLost = false,
): string | readonly string[] | null {
  const named = new PictureIndex(pictures, partOf).find(cell, { folder: 'set/', part: null, ...place }, zerosLost)
  return named === null ? null : (named.picture ?? named.ambiguous)
}

describe('a cell names a picture', () => {
  const pictures = ['set/images/1.jpg', 'set/images/2.jpg', 'set/images/мой кот.png', 'set/more/2.jpg']
  test.each([
    ['relative to the table', 'images/1.jpg'],
    ['by its name alone', '1.jpg'],
    ['without its ending', '1'],
    ['with another ending', '1.jpeg'],
    ['in other case', 'Images/1.JPG'],
    ['with backslashes', 'images\\1.jpg'],
    ['with steps', './images/../images/1.jpg'],
    ['with steps out of the folder', '../set/images/1.jpg'],
    ['on a drive of another computer', 'C:\\Users\\me\\set\\images\\1.jpg'],
    ['in a home folder', '/home/me/set/images/1.jpg'],
    ['on a server', '\\\\server\\share\\images\\1.jpg'],
    ['as an address', 'file:///home/me/images/1.jpg'],
    ['with another folder around', 'data/images/1.jpg'],
    ['with another folder', 'pictures/1.jpg'],
  ])('%s', (_, cell) => {
    expect(found(pictures, cell)).toBe('set/images/1.jpg')
  })

  test.each([
    ['as an address with signs', 'file:///C:/images/%D0%BC%D0%BE%D0%B9%20%D0%BA%D0%BE%D1%82.png'],
    ['in decomposed letters', 'мой кот.png'.normalize('NFD')],
    ['in capitals', 'МОЙ КОТ.PNG'],
  ])('in Cyrillic %s', (_, cell) => {
    expect(found(pictures, cell)).toBe('set/images/мой кот.png')
    expect(found([...pictures, 'set/мой пёс.png'.normalize('NFD')], 'мой пёс.png')).toBe(
      'set/мой пёс.png'.normalize('NFD'),
    )
  })

  test.each([
    ['nothing of that name', 'images/3.jpg'],
    ['a part of a name', 'images/1.jpg.txt'],
    ['an empty cell', ' '],
    ['a folder', 'images/'],
    ['steps alone', '../..'],
  ])('but not: %s', (_, cell) => {
    expect(found(pictures, cell)).toBeNull()
  })

  test('and not between two that fit equally well', () => {
    expect(found(pictures, '2.jpg')).toEqual(['set/images/2.jpg', 'set/more/2.jpg'])
    expect(found(pictures, 'data/2.jpg')).toEqual(['set/images/2.jpg', 'set/more/2.jpg'])
  })
})

describe('among several pictures of one name', () => {
  const numbered = ['set/train/img/1.png', 'set/test/img/1.png', 'set/test/img/2.png']
  test.each([
    ['the longest common end counts', 'train/img/1.png', {}, 'set/train/img/1.png'],
    ['also behind other folders', 'D:\\x\\test\\img\\1.png', {}, 'set/test/img/1.png'],
    ['then the folder of the table', '1.png', { folder: 'set/test/' }, 'set/test/img/1.png'],
    ['also beside the pictures', '1', { folder: 'set/train/img/' }, 'set/train/img/1.png'],
    ['then the part', '1.png', { part: 'train' as const }, 'set/train/img/1.png'],
    ['the folder before the part', '1.png', { folder: 'set/test/', part: 'train' as const }, 'set/test/img/1.png'],
    ['a part without pictures decides nothing', '1.png', { part: 'validation' as const }, [numbered[1], numbered[0]]],
    ['a single one is meant whatever the part', '2.png', { part: 'train' as const }, 'set/test/img/2.png'],
  ])('%s', (_, cell, place, picture) => {
    expect(found(numbered, cell, place)).toEqual(picture)
  })

  test.each([
    ['beside the table', ['set/1.png', 'set/old/1.png'], '1.png', 'set/1.png'],
    ['from the folder around the table', ['set/img/1.png', 'set/old/img/1.png'], '../img/1.png', 'set/img/1.png'],
    ['from the top', ['set/img/1.png', 'set/meta/old/img/1.png'], 'img/1.png', 'set/img/1.png'],
    ['with the same ending', ['set/img/1.png', 'set/img/1.jpg'], '1.png', 'set/img/1.png'],
    ['in the same case', ['set/img/a.png', 'set/img/A.png'], 'img/A.png', 'set/img/A.png'],
    ['in the same folder with another ending', ['set/a/1.jpg', 'set/b/1.png'], 'a/1.png', 'set/a/1.jpg'],
  ])('the one %s', (_, pictures, cell, picture) => {
    expect(found(pictures, cell, { folder: 'set/meta/' })).toBe(picture)
  })
})

describe('leading zeros that a spreadsheet has lost', () => {
  const pictures = ['set/001.png', 'set/010.png', 'set/0.png', 'set/000.png', 'set/img_7.png']
  test.each([
    ['are found where one picture has the number', '1', 'set/001.png'],
    ['with an ending too', '10.png', 'set/010.png'],
    ['but not where two have it', '00', null],
    ['nor within other names', '7', null],
    ['nor as a fraction', '1.5', null],
  ])('%s', (_, cell, picture) => {
    expect(found(pictures, cell, {}, true)).toBe(picture)
  })

  test('and only when asked for', () => {
    expect(found(pictures, '1')).toBeNull()
  })
})

test('says how much of a cell agrees', () => {
  const index = new PictureIndex(['set/img/1.png'], partOf)
  const agreement = (cell: string): readonly unknown[] => {
    const named = index.find(cell, { folder: 'set/', part: null })
    return named === null || named.picture === null ? [] : [named.common, named.whole]
  }
  expect(agreement('img/1.png')).toEqual([2, true])
  expect(agreement('1')).toEqual([1, true])
  expect(agreement('1.jpg')).toEqual([1, false])
  expect(agreement('data/img/1.png')).toEqual([2, false])
})

test('many pictures of few names and as many cells are found one by one', () => {
  const pictures = Array.from({ length: 100_000 }, (_, n) => `set/class ${Math.floor(n / 100)}/${n % 100}.jpg`)
  const index = new PictureIndex(pictures, partOf)
  const place = { folder: 'set/', part: null }
  const missed = pictures.filter((picture) => index.find(`/home/me/${picture}`, place)?.picture !== picture)
  expect(missed).toEqual([])
  expect(index.find('5.jpg', place)?.ambiguous).toEqual(['set/class 0/5.jpg', 'set/class 1/5.jpg'])
})
