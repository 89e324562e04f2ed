import { describe, expect, it } from 'vitest'
import { storedImageOf } from '../../../core/inspect/imageChoice.ts'
import { pictureAddress, pictureOf, type PictureQuestion } from '../../../core/inspect/pictureQuestion.ts'

const question: PictureQuestion = {
  what: 'maps',
  run: 3,
  step: 500,
  sha256: 'abcdef012345',
  image: { kind: 'stored', split: 'test', number: 512 },
  layer: 'conv_1',
  scale: 'layer',
}

describe('the address of a picture', () => {
  it('comes back as the question, whatever the title', () => {
    const options = { format: 'svg', scale: 8, title: 'Карты «relu_1» & more?' } as const
    const address = pictureAddress(question, options)
    expect(pictureOf(new URL(address, 'http://lab'))).toEqual({ question, options })
    expect(pictureOf(new URL(pictureAddress(question), 'http://lab'))).toEqual({
      question,
      options: { format: 'png', scale: 1, title: null },
    })
  })

  it.each([
    '/pictures/maps.png',
    '/pictures/maps.png?of=nonsense',
    '/pictures/maps.png?of={"what":"maps"}',
    '/pictures/maps.gif?of={"what":"image","run":1,"image":{"kind":"stored","split":"test","number":0}}',
    '/pictures/image.png?scale=0&of={"what":"image","run":1,"image":{"kind":"stored","split":"test","number":0}}',
    '/pictures/image.png?scale=x&of={"what":"image","run":1,"image":{"kind":"stored","split":"test","number":0}}',
  ])('%s is none', (address) => {
    expect(pictureOf(new URL(address, 'http://lab'))).toBeNull()
  })
})

describe('an image as the command line writes it', () => {
  it.each([
    ['test:512', { kind: 'stored', split: 'test', number: 512 }],
    ['train:0', { kind: 'stored', split: 'train', number: 0 }],
  ])('%s', (text, image) => expect(storedImageOf(text)).toEqual(image))

  it.each(['512', 'test:', 'test:-1', 'test:01', 'validation:3', 'test:1.5', 'test:1 '])('%j is none', (text) =>
    expect(storedImageOf(text)).toBeNull(),
  )
})
