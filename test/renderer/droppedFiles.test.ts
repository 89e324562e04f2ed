import { describe, expect, it } from 'vitest'
import { factsOf } from '../../main/datasets/definition.ts'
import { catalogue } from '../../main/datasets/sets/catalogue.ts'
import { folderPlace, guessedSet, ownName } from '../../renderer/state/droppedFiles.ts'

const known = catalogue.map((definition) => ({ id: definition.card.id, ...factsOf(definition) }))

describe('files that a person gives', () => {
  it.each([
    ['cifar-10-binary.tar.gz', 'cifar-10'],
    ['cifar-10-batches-bin', 'cifar-10'],
    ['cifar-100-python.tar.gz', 'cifar-100'],
    ['train-images-idx3-ubyte.gz', 'mnist'],
    ['fashion-mnist', 'fashion-mnist'],
    ['Linnaeus 5 256X256.rar', 'linnaeus-5'],
    ['101_ObjectCategories.tar.gz', 'caltech-101'],
    ['caltech-101.zip', 'caltech-101'],
    ['256_ObjectCategories.tar', 'caltech-256'],
    ['core50_128x128.zip', 'core50'],
    ['leftImg8bit_trainvaltest.zip', 'cityscapes'],
    ['HASYv2.tar.bz2', 'hasyv2'],
    ['my holidays', null],
  ])('are guessed by their name: %s', (name, set) => {
    expect(guessedSet(name, known)).toBe(set)
  })

  it('are not guessed to be of a set that the lab does not have', () => {
    expect(
      guessedSet(
        'HASYv2.tar.bz2',
        known.filter(({ id }) => id === 'mnist'),
      ),
    ).toBeNull()
  })

  it('lie in the folder that was chosen', () => {
    expect(folderPlace('/home/me/pets/cats/1.jpg', 'pets/cats/1.jpg')).toBe('/home/me/pets')
    expect(folderPlace('C:\\Users\\me\\pets\\cats\\1.jpg', 'pets/cats/1.jpg')).toBe('C:\\Users\\me\\pets')
  })

  it('give a set of own images its name', () => {
    expect(['Кошки и собаки', 'pets.zip', 'pets.tar.gz', 'v1.2'].map(ownName)).toEqual([
      'Кошки и собаки',
      'pets',
      'pets',
      'v1.2',
    ])
  })
})
