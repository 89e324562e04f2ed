import { describe, expect, test } from 'vitest'
import type { FolderReading } from '../../../core/reading/folderReading.ts'
import { folderReadings } from '../../../core/reading/folderReadings.ts'
import type { ReadingWishes } from '../../../core/reading/readingWishes.ts'
import { LabError, problemOf, type Problem } from '../../../core/words/problems.ts'

/** Each picture with its part and class under each reading, such as `train cat`; `-` where it has none. */
type Told = Readonly<Record<string, readonly string[]>>

function told(readings: readonly FolderReading[]): Told {
  const pictures = readings[0]?.images.map(({ picture }) => picture) ?? []
  return Object.fromEntries(
    pictures.map((picture, index) => [
      picture,
      readings.map(({ images }) => {
        const { part, className, repeated } = images[index]
        return `${part ?? '-'} ${className ?? '-'}${repeated === true ? ' again' : ''}`
      }),
    ]),
  )
}

function partsOf(paths: readonly string[], wishes: ReadingWishes = {}): string[][] {
  return folderReadings(paths, wishes).map(({ partFolders }) =>
    partFolders.map(({ folder, part }) => `${part} ${folder}`),
  )
}

function refusal(paths: readonly string[], wishes: ReadingWishes): Problem | null {
  try {
    folderReadings(paths, wishes)
  } catch (error) {
    if (error instanceof LabError) return problemOf(error)
    throw error
  }
  return null
}

const cases: Readonly<Record<string, Readonly<Record<string, Told>>>> = {
  'class folders': {
    'a folder a class, deeper folders belong to it': {
      'pets/cat/1.jpg': ['- cat'],
      'pets/cat/old/2.jpg': ['- cat'],
      'pets/морская свинка/deep/er/1.jpg': ['- морская свинка'],
      'pets/cover.jpg': ['- -'],
    },
    'folders around them, and pictures beside those': {
      'home/data/pets/cat/1.jpg': ['- cat'],
      'home/data/pets/dog/1.jpg': ['- dog'],
      'home/data/cover.jpg': ['- -'],
    },
    'an archive without a folder around': { 'cat/1.jpg': ['- cat'], 'dog/1.jpg': ['- dog'] },
    'a single folder': { 'pets/1.jpg': ['- pets'], 'pets/2.jpg': ['- pets'] },
    'a single folder in another one, with pictures beside': {
      'set/images/a.jpg': ['- -'],
      'set/images/sub/c.png': ['- sub'],
    },
    'a single folder that says nothing': { 'set/images/1.jpg': ['- -'] },
    'a single folder of a part': { 'set/test_images/1.jpg': ['- -'] },
    'names in both forms of Unicode are one class': {
      [`set/train/${'ёж'.normalize('NFD')}/1.jpg`]: ['train ёж'],
      'set/test/ёж/1.jpg': ['test ёж'],
    },
    'digits, and the letter x': { 's/0/1.png': ['- 0'], 's/1/1.png': ['- 1'], 's/x/1.png': ['- x'] },
    'a copy of the class folders beside them': {
      'flowers/rose/1.jpg': ['- rose'],
      'flowers/tulip/1.jpg': ['- tulip'],
      'flowers/flowers/rose/1.jpg': ['- - again'],
      'flowers/flowers/tulip/1.jpg': ['- - again'],
    },
    'a class with folders called like the others, but with other pictures': {
      'pets/cat/1.jpg': ['- cat'],
      'pets/dog/1.jpg': ['- dog'],
      'pets/both/cat/2.jpg': ['- both'],
      'pets/both/dog/2.jpg': ['- both'],
    },
  },

  'folders of parts': {
    'train and test in any case': {
      'set/train/cat/1.jpg': ['train cat'],
      'set/train/dog/1.jpg': ['train dog'],
      'set/Test/cat/2.jpg': ['test cat'],
    },
    'names that are never classes': {
      'k/training_set/cats/1.jpg': ['train cats'],
      'k/training_set/dogs/1.jpg': ['train dogs'],
      'k/test_set/cats/1.jpg': ['test cats'],
    },
    'Russian names': {
      'обучение/кот/1.jpg': ['train кот'],
      'обучение/пёс/1.jpg': ['train пёс'],
      'Тестовая выборка/кот/1.jpg': ['test кот'],
      'проверочные/пёс/1.jpg': ['validation пёс'],
    },
    'doubled around the parts': {
      'a/archive/archive/train/a/1.jpg': ['train a'],
      'a/archive/archive/train/b/1.jpg': ['train b'],
      'a/archive/archive/test/a/1.jpg': ['test a'],
    },
    'doubled inside, with images to be predicted': {
      'i/seg_train/seg_train/sea/1.jpg': ['train sea'],
      'i/seg_train/seg_train/street/1.jpg': ['train street'],
      'i/seg_test/seg_test/sea/1.jpg': ['test sea'],
      'i/seg_pred/seg_pred/1.jpg': ['unlabelled -'],
    },
    'doubled inside, and none to test with': {
      'i/seg_train/seg_train/sea/1.jpg': ['train sea'],
      'i/seg_train/seg_train/street/1.jpg': ['train street'],
      'i/seg_pred/seg_pred/1.jpg': ['unlabelled -'],
    },
    'a folder of images in each': {
      's/train/images/cat/1.jpg': ['train cat'],
      's/train/images/dog/1.jpg': ['train dog'],
      's/test/images/cat/1.jpg': ['test cat'],
    },
    'a folder of the same name in each': {
      's/train/v7/cat/1.jpg': ['train cat'],
      's/train/v7/dog/1.jpg': ['train dog'],
      's/test/v7/cat/1.jpg': ['test cat'],
    },
    'a single class is no folder around classes': {
      's/train/cat/old/1.jpg': ['train cat'],
      's/test/cat/old/1.jpg': ['test cat'],
    },
    'a single class in the test images alone': {
      's/train/cat/old/1.jpg': ['train cat'],
      's/train/dog/old/1.jpg': ['train dog'],
      's/test/cat/old/1.jpg': ['test cat'],
    },
    'a class called train inside a part': {
      's/train/train/1.jpg': ['train train'],
      's/test/train/1.jpg': ['test train'],
      's/test/bus/1.jpg': ['test bus'],
    },
    'several folders of one part': {
      's/train1/cat/1.jpg': ['train cat'],
      's/train2/dog/1.jpg': ['train dog'],
      's/test/dog/1.jpg': ['test dog'],
    },
    'a part in several folders': {
      's/train/train1/cat/1.jpg': ['train cat'],
      's/train/train2/dog/1.jpg': ['train dog'],
      's/test/cat/1.jpg': ['test cat'],
    },
    'pictures without class folders, for a table to name': {
      's/train/1.png': ['train -'],
      's/train/2.png': ['train -'],
      's/test/1.png': ['test -'],
    },
    'a folder of images without classes in each': {
      's/train/images/1.png': ['train -'],
      's/test/images/1.png': ['test -'],
    },
    'test images without classes': {
      's/train/a/1.jpg': ['train a'],
      's/train/b/1.jpg': ['train b'],
      's/test/1.jpg': ['test -'],
    },
    'a folder without labels among the classes of a part': {
      's/train/a/1.jpg': ['train a'],
      's/train/b/1.jpg': ['train b'],
      's/train/unlabelled/1.jpg': ['unlabelled -'],
      's/test/a/1.jpg': ['test a'],
    },
    'a part that stands alone tells nothing': {
      's/test1/a/1.jpg': ['- a'],
      's/test2/b/1.jpg': ['- b'],
    },
    'a part that stands alone beside images without labels': {
      's/test/a/1.jpg': ['train a'],
      's/test/b/1.jpg': ['train b'],
      's/unlabelled/1.jpg': ['unlabelled -'],
    },
  },

  'parts beside other folders': {
    'a train is a vehicle': {
      'v/bus/1.jpg': ['- bus'],
      'v/car/1.jpg': ['- car'],
      'v/train/1.jpg': ['- train'],
    },
    'a train with the same folders as its like': {
      'v/car/old/1.jpg': ['- car'],
      'v/train/old/1.jpg': ['- train'],
    },
    'valid and invalid': { 'v/valid/1.jpg': ['- valid'], 'v/invalid/1.jpg': ['- invalid'] },
    'train with class folders beside a single folder': {
      's/train/cat/1.jpg': ['train cat', '- train'],
      's/train/dog/1.jpg': ['train dog', '- train'],
      's/extra/1.jpg': ['- -', '- extra'],
    },
    'train with folders beside vehicles': {
      'v/train/ice/1.jpg': ['- train', 'train ice'],
      'v/train/tgv/1.jpg': ['- train', 'train tgv'],
      'v/bus/1.jpg': ['- bus', '- -'],
      'v/car/1.jpg': ['- car', '- -'],
    },
    'train and test without class folders beside a third': {
      's/train/1.png': ['train -', '- train'],
      's/test/1.png': ['test -', '- test'],
      's/misc/1.png': ['- -', '- misc'],
    },
    'train and test with the same classes': {
      's/train/a/1.jpg': ['train a'],
      's/train/b/1.jpg': ['train b'],
      's/test/a/1.jpg': ['test a'],
      's/notes/1.jpg': ['- -'],
    },
    'training images with several classes beside test images without': {
      's/Train/0/1.png': ['train 0'],
      's/Train/1/1.png': ['train 1'],
      's/Test/1.png': ['test -'],
      's/Meta/1.png': ['- -'],
    },
    'train and test with a single class': {
      's/train/a/1.jpg': ['train a'],
      's/test/a/1.jpg': ['test a'],
      's/notes/1.jpg': ['- -'],
    },
    'train and test with different folders': {
      's/train/a/1.jpg': ['train a', '- train'],
      's/test/b/1.jpg': ['test b', '- test'],
      's/notes/1.jpg': ['- -', '- notes'],
    },
    'names that are never classes': {
      's/training_set/cats/1.jpg': ['train cats'],
      's/training_set/dogs/1.jpg': ['train dogs'],
      's/notes/1.jpg': ['- -'],
    },
    'a bare name beside one that is never a class': {
      's/train/1.jpg': ['train -'],
      's/test_images/1.jpg': ['test -'],
      's/docs/1.jpg': ['- -'],
    },
    'class folders beside test images': {
      's/cat/1.jpg': ['train cat'],
      's/dog/1.jpg': ['train dog'],
      's/test_images/1.jpg': ['test -'],
    },
    'class folders beside a folder called test': {
      's/cat/1.jpg': ['train cat', '- cat'],
      's/dog/1.jpg': ['train dog', '- dog'],
      's/test/1.jpg': ['test -', '- test'],
    },
    'class folders beside a test folder with the same ones': {
      's/cat/1.jpg': ['train cat'],
      's/dog/1.jpg': ['train dog'],
      's/test/cat/1.jpg': ['test cat'],
      's/test/dog/1.jpg': ['test dog'],
    },
    'the training images in a folder of another name': {
      's/images/cat/1.jpg': ['train cat'],
      's/images/dog/1.jpg': ['train dog'],
      's/val/cat/1.jpg': ['validation cat'],
    },
    'class folders beside images without labels': {
      's/cat/1.jpg': ['train cat'],
      's/dog/1.jpg': ['train dog'],
      's/unlabeled/1.jpg': ['unlabelled -'],
    },
    'labelled images in a folder beside those without labels': {
      's/labelled/train/cat/1.jpg': ['train cat'],
      's/labelled/train/dog/1.jpg': ['train dog'],
      's/labelled/test/cat/1.jpg': ['test cat'],
      's/unlabelled/1.jpg': ['unlabelled -'],
    },
    'vehicles beside images without labels': {
      's/train/1.jpg': ['train train'],
      's/bus/1.jpg': ['train bus'],
      's/predict/1.jpg': ['unlabelled -'],
    },
  },

  'a copy beside the parts': {
    'with pictures of its own': {
      'train/A/1.jpg': ['train A'],
      'train/B/1.jpg': ['train B'],
      'test/A/1.jpg': ['test A'],
      'val/B/1.jpg': ['validation B'],
      'chest_xray/train/A/2.jpg': ['train A'],
      'chest_xray/test/A/2.jpg': ['test A'],
    },
    'with the same pictures': {
      'x/train/A/1.jpg': ['train A'],
      'x/train/B/1.jpg': ['train B'],
      'x/test/A/1.jpg': ['test A'],
      'x/x/train/A/1.jpg': ['train - again'],
      'x/x/train/B/1.jpg': ['train - again'],
      'x/x/test/A/1.jpg': ['test - again'],
    },
    'of a part, deeper': {
      'x/train/A/1.jpg': ['train A'],
      'x/train/B/1.jpg': ['train B'],
      'x/more/pictures/test/A/1.jpg': ['test A'],
    },
    'and another folder': {
      'x/train/A/1.jpg': ['train A', '- train'],
      'x/train/B/1.jpg': ['train B', '- train'],
      'x/copy/test/A/2.jpg': ['test A', '- copy'],
      'x/notes/1.jpg': ['- -', '- notes'],
    },
  },

  'parts inside other folders': {
    'the class above the part': {
      's/cat/train/1.jpg': ['train cat'],
      's/cat/test/2.jpg': ['test cat'],
      's/dog/train/1.jpg': ['train dog'],
    },
    'the class above the part, in Russian, with folders between': {
      'кот/фото/обучение/1.jpg': ['train кот'],
      'кот/фото/тест/2.jpg': ['test кот'],
      'пёс/обучающие/images/1.jpg': ['train пёс'],
      'пёс/тестовые/images/1.jpg': ['test пёс'],
    },
    'one class without parts': {
      's/cat/train/1.jpg': ['train cat', '- cat'],
      's/cat/test/2.jpg': ['test cat', '- cat'],
      's/dog/train/1.jpg': ['train dog', '- dog'],
      's/cow/1.jpg': ['- -', '- cow'],
    },
    'a class with a subfolder that happens to be called train': {
      's/rail/train/1.jpg': ['- rail'],
      's/road/car/1.jpg': ['- road'],
    },
    'sets side by side': {
      'a/train/cat/1.jpg': ['train cat', '- a'],
      'a/train/dog/1.jpg': ['train dog', '- a'],
      'b/train/cat/1.jpg': ['train cat', '- b'],
      'b/test/dog/1.jpg': ['test dog', '- b'],
    },
    'training and test images in two archives': {
      'a/train/cat/1.jpg': ['train cat', '- a'],
      'a/train/dog/1.jpg': ['train dog', '- a'],
      'b/test/cat/1.jpg': ['test cat', '- b'],
    },
    'a set and something else': {
      'set/train/cat/1.jpg': ['train cat', '- set'],
      'set/test/dog/1.jpg': ['test dog', '- set'],
      'notes/1.jpg': ['- -', '- notes'],
    },
  },

  'names that say part and class': {
    'the part first': {
      's/train_cats/1.jpg': ['train cats'],
      's/train_dogs/1.jpg': ['train dogs'],
      's/test_cats/1.jpg': ['test cats'],
    },
    'the part last': {
      'с/кот обучение/1.jpg': ['train кот'],
      'с/пёс обучение/1.jpg': ['train пёс'],
      'с/кот тест/1.jpg': ['test кот'],
      'с/пёс тест/1.jpg': ['test пёс'],
    },
    'glued by a capital': {
      's/trainA/1.jpg': ['train A'],
      's/trainB/1.jpg': ['train B'],
      's/testA/1.jpg': ['test A'],
      's/testB/1.jpg': ['test B'],
    },
    'not all of them': {
      's/train_station/1.jpg': ['- train_station'],
      's/train_tracks/1.jpg': ['- train_tracks'],
      's/test_tube/1.jpg': ['- test_tube'],
    },
    'none to test with': {
      's/train_station/1.jpg': ['- train_station'],
      's/train_tracks/1.jpg': ['- train_tracks'],
    },
  },

  'the same folders in all': {
    'more of them than there are folders': {
      's/amazon/images/bag/1.jpg': ['train bag', '- amazon'],
      's/amazon/images/bike/1.jpg': ['train bike', '- amazon'],
      's/amazon/images/desk/1.jpg': ['train desk', '- amazon'],
      's/webcam/images/bag/1.jpg': ['train bag', '- webcam'],
      's/webcam/images/bike/1.jpg': ['train bike', '- webcam'],
      's/webcam/images/desk/1.jpg': ['train desk', '- webcam'],
    },
    'as many': {
      's/cat/day/1.jpg': ['- cat'],
      's/cat/night/1.jpg': ['- cat'],
      's/dog/day/1.jpg': ['- dog'],
      's/dog/night/1.jpg': ['- dog'],
    },
    'some of them': {
      's/cat/a/1.jpg': ['- cat'],
      's/cat/b/1.jpg': ['- cat'],
      's/cat/c/1.jpg': ['- cat'],
      's/dog/a/1.jpg': ['- dog'],
      's/dog/b/1.jpg': ['- dog'],
    },
  },

  'masks beside images': {
    'in a folder of their own': {
      's/images/cat/1.jpg': ['- cat'],
      's/images/dog/1.jpg': ['- dog'],
      's/masks/cat/1.png': ['- -'],
      's/masks/dog/1.png': ['- -'],
    },
    'in each class': {
      's/COVID/images/1.png': ['- COVID'],
      's/COVID/masks/1.png': ['- -'],
      's/Normal/images/1.png': ['- Normal'],
      's/Normal/masks/1.png': ['- -'],
    },
    'of the training images': {
      's/train/1.jpg': ['train -'],
      's/train_masks/1.png': ['- -'],
      's/test/1.jpg': ['test -'],
    },
    'a mask is a class': {
      's/mask/1.jpg': ['- mask'],
      's/no mask/1.jpg': ['- no mask'],
    },
    'a mask is a class beside test images': {
      's/mask/1.jpg': ['train mask', '- mask'],
      's/no mask/1.jpg': ['train no mask', '- no mask'],
      's/test/1.jpg': ['test -', '- test'],
    },
  },
}

describe.each(Object.entries(cases))('%s', (_, kinds) => {
  test.each(Object.entries(kinds))('%s', (_, expected) => {
    const paths = Object.keys(expected)
    expect(told(folderReadings(paths))).toEqual(expected)
    expect(folderReadings(paths.toReversed())).toEqual(folderReadings(paths))
  })

  test.each(Object.entries(kinds))('%s: the wishes of each reading lead to it', (_, expected) => {
    const paths = Object.keys(expected)
    const readings = folderReadings(paths)
    const again = readings.map(({ wishes }) => folderReadings(paths, wishes))
    expect(again.map((one) => one.map((reading) => ({ ...reading, wishes: {} })))).toEqual(
      readings.map((reading) => [{ ...reading, wishes: {} }]),
    )
    expect(new Set(readings.map(({ wishes }) => JSON.stringify(wishes))).size).toBe(readings.length)
  })
})

test('pictures in no folders are read in no way', () => {
  expect(folderReadings([])).toEqual([])
  expect(folderReadings(['1.jpg', '2.jpg'])).toEqual([])
})

test('part folders are named by their paths below the given folder', () => {
  expect(partsOf(['set/archive/train/a/1.jpg', 'set/archive/Test/b/1.jpg'])).toEqual([
    ['test archive/Test', 'train archive/train'],
  ])
  expect(partsOf(['train/a/1.jpg', 'valid/b/1.jpg'])).toEqual([['train train', 'validation valid']])
  expect(partsOf(['v/train/ice/1.jpg', 'v/train/tgv/1.jpg', 'v/bus/1.jpg', 'v/car/1.jpg'])).toEqual([
    [],
    ['train train'],
  ])
})

describe('folders that a person names', () => {
  const paths = ['s/one/cat/1.jpg', 's/one/dog/1.jpg', 's/Two/cat/1.jpg', 's/train/cat/1.jpg', 's/1.jpg']

  test('are the parts, and nothing else is', () => {
    expect(told(folderReadings(paths, { train: ['one'], test: ['Two'] }))).toEqual({
      's/1.jpg': ['- -'],
      's/one/cat/1.jpg': ['train cat'],
      's/one/dog/1.jpg': ['train dog'],
      's/Two/cat/1.jpg': ['test cat'],
      's/train/cat/1.jpg': ['- -'],
    })
  })

  test('leave the rest to be trained on, if only test images are named', () => {
    const set = ['s/cat/1.jpg', 's/dog/1.jpg', 's/zoo/cat/1.jpg', 's/zoo/dog/1.jpg']
    expect(told(folderReadings(set, { test: ['zoo'] }))).toEqual({
      's/cat/1.jpg': ['train cat'],
      's/dog/1.jpg': ['train dog'],
      's/zoo/cat/1.jpg': ['test cat'],
      's/zoo/dog/1.jpg': ['test dog'],
    })
  })

  test('leave the rest out, if only training images are named', () => {
    expect(told(folderReadings(['s/a/x1/1.jpg', 's/a/x2/1.jpg', 's/test/x1/1.jpg'], { train: ['a'] }))).toEqual({
      's/a/x1/1.jpg': ['train x1'],
      's/a/x2/1.jpg': ['train x2'],
      's/test/x1/1.jpg': ['- -'],
    })
  })

  test('may lie below the classes', () => {
    const set = ['s/cat/old/1.jpg', 's/cat/new/1.jpg', 's/dog/old/1.jpg', 's/dog/new/1.jpg']
    const wishes = { train: ['cat/old', 'dog\\old'], test: ['cat/new', './dog/new/'] }
    expect(told(folderReadings(set, wishes))).toEqual({
      's/cat/old/1.jpg': ['train cat'],
      's/cat/new/1.jpg': ['test cat'],
      's/dog/old/1.jpg': ['train dog'],
      's/dog/new/1.jpg': ['test dog'],
    })
  })

  test('may lie in each other: the inner one decides', () => {
    const set = ['s/cat/1.jpg', 's/cat/test/2.jpg', 's/dog/1.jpg']
    expect(told(folderReadings(set, { train: ['cat', 'dog'], test: ['cat/test'] }))['s/cat/test/2.jpg']).toEqual([
      expect.stringMatching(/^test /),
    ])
  })

  test.each([
    ['below the given folder', 'archive/one'],
    ['below single folders in it', 'one'],
    ['with the given folder', 's/archive/one'],
    ['in another case', 'Archive\\ONE'],
  ])('are found %s', (_, folder) => {
    const set = ['s/archive/one/cat/1.jpg', 's/archive/two/cat/1.jpg']
    expect(partsOf(set, { train: [folder] })).toEqual([['train archive/one']])
  })

  test('are found as written before another case', () => {
    const set = ['s/One/a/1.jpg', 's/one/b/1.jpg']
    expect(partsOf(set, { train: ['one'] })).toEqual([['train one']])
    expect(partsOf(set, { train: ['ONE'] })).toEqual([['train One', 'train one']])
  })

  test.each(['three', 'two', 'one/cat/1.jpg', '', '/', '..'])('are refused with what is there: %j', (folder) => {
    const set = ['s/one/cat/1.jpg', 's/one/dog/1.jpg', 's/кот/1.jpg']
    expect(refusal(set, { train: [folder] })).toEqual({
      code: 'reading-folder-unknown',
      parameters: { folder, known: 'one, кот, one/cat, one/dog' },
    })
  })

  test('are refused if they are both parts', () => {
    expect(refusal(paths, { train: ['one'], test: ['ONE'] })).toEqual({
      code: 'reading-folder-twice',
      parameters: { folder: 'ONE' },
    })
  })

  test('are refused with some of many folders', () => {
    const many = Array.from({ length: 30 }, (_, index) => `s/${String(index)}/1.jpg`)
    expect(refusal(many, { test: ['x'] })?.parameters['known']).toBe('0, 1, 10, 11, 12, 13, 14, 15, 16, 17, …')
  })
})

describe('a wish to divide by seed', () => {
  test('makes classes of folders that may be parts', () => {
    const paths = ['s/cat/1.jpg', 's/dog/1.jpg', 's/test/1.jpg']
    expect(told(folderReadings(paths, { partsFrom: 'seed' }))).toEqual({
      's/cat/1.jpg': ['- cat'],
      's/dog/1.jpg': ['- dog'],
      's/test/1.jpg': ['- test'],
    })
  })

  test('merges folders that can be nothing but parts', () => {
    const paths = ['s/train/cat/1.jpg', 's/train/dog/1.jpg', 's/test/cat/1.jpg']
    expect(told(folderReadings(paths, { partsFrom: 'seed' }))).toEqual({
      's/train/cat/1.jpg': ['- cat'],
      's/train/dog/1.jpg': ['- dog'],
      's/test/cat/1.jpg': ['- cat'],
    })
  })

  test('changes nothing where no folder is a part', () => {
    const paths = ['s/bus/1.jpg', 's/train/1.jpg']
    expect(folderReadings(paths, { partsFrom: 'seed' })).toEqual(folderReadings(paths))
    expect(folderReadings(paths, { partsFrom: 'folders' })).toEqual(folderReadings(paths))
  })
})

test('many pictures, and folders without end, are read', () => {
  const pictures = Array.from(
    { length: 100_000 },
    (_, index) => `set/${index % 5 === 0 ? 'test' : 'train'}/class ${String(index % 1000)}/${String(index)}.jpg`,
  )
  const [reading] = folderReadings(pictures)
  expect(new Set(reading.images.map(({ className }) => className)).size).toBe(1000)
  const folders = Array.from({ length: 20_000 }, (_, index) => `set/person ${String(index)}/1.jpg`)
  expect(folderReadings(folders)[0].images[1]).toMatchObject({ className: 'person 1' })
  const deep = `set/${'a/'.repeat(2000)}`
  expect(folderReadings([`${deep}cat/1.jpg`, `${deep}dog/1.jpg`])[0].images[0].className).toBe('cat')
})
