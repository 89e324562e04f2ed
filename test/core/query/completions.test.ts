import { expect, test } from 'vitest'
import { completions } from '../../../core/query/completions.ts'

const known = { set: ['cifar-10', 'fashion-mnist', 'mnist'], tag: ['good', 'lab 3'] }

/** What is offered where the text has a bar. */
function offered(text: string): string[] {
  const cursor = text.indexOf('|')
  return completions(text.replace('|', ''), cursor, known).items.map(({ insert }) => insert)
}

/** The text with the first offer taken. */
function taken(marked: string): string {
  const text = marked.replace('|', '')
  const { from, to, items } = completions(text, marked.indexOf('|'), known)
  return text.slice(0, from) + items[0].insert + text.slice(to)
}

test('names at the beginning of a condition', () => {
  expect(offered('|')).toEqual(expect.arrayContaining(['id', 'best', 'created', 'not']))
  expect(offered('be|')).toEqual(['best'])
  expect(offered('set = mnist and s|')).toEqual([
    'star',
    'set',
    'schedule',
    'steps',
    'step',
    'seed',
    'sweep',
    'state',
    'seconds',
  ])
  expect(offered('(o|')).toEqual(['optimizer'])
  expect(offered('best|')).toEqual([])
})

test('the operators that fit a name', () => {
  expect(offered('rate |')).toEqual(['=', '!=', '<', '<=', '>', '>='])
  expect(offered('set |')).toEqual(['=', '!=', '~'])
})

test('the values of a name: those it can have, or those that runs have, in quotes where they need them', () => {
  expect(offered('state = p|')).toEqual(['paused', 'stopped', 'interrupted'])
  expect(offered('set = mn|')).toEqual(['fashion-mnist', 'mnist'])
  expect(offered('tag = |')).toEqual(['good', '"lab 3"'])
  expect(offered('tag = "la|')).toEqual(['"lab 3"'])
  expect(offered('star = |')).toEqual(['yes', 'no'])
  expect(offered('rate < |')).toEqual([])
})

test('what joins two conditions', () => {
  expect(offered('set = mnist |')).toEqual(['and', 'or'])
  expect(offered('set = mnist a|')).toEqual(['and'])
  expect(offered('best > 70 % |')).toEqual(['and', 'or'])
})

test('an offer takes the place of the word in which the cursor stands', () => {
  expect(taken('se|ed > 3')).toBe('set > 3')
  expect(taken('tag = "la|')).toBe('tag = "lab 3"')
  expect(taken('set = mni|st and id = 7')).toBe('set = fashion-mnist and id = 7')
})
