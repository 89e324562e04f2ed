import { describe, expect, it } from 'vitest'
import { DataChoice } from '../../core/data/dataChoice.ts'
import { usualChoice, viewOf, writtenChoice } from '../../core/data/datasetView.ts'
import type { DatasetEntry } from '../../core/data/dataset.ts'
import {
  choiceOfForm,
  chosenLabels,
  everything,
  formOfChoice,
  splitsOf,
  stillMeant,
  unfitData,
  withClass,
  withClasses,
  withGroup,
  withInverted,
  withLabels,
  withNumber,
  type DataForm,
} from '../../renderer/state/dataForm.ts'
import { animals, sessions, things } from './dataSets.ts'

const usual = (entry: DatasetEntry): DataForm => formOfChoice(entry, usualChoice(entry))

describe('what a run takes of a set, as it stands in the form', () => {
  it.each([animals, things, sessions])('is the usual choice of $name until something is changed', (entry) => {
    expect(choiceOfForm(entry, usual(entry))).toEqual(usualChoice(entry))
    expect(unfitData(entry, usual(entry))).toEqual([])
  })

  it('says nothing in a configuration where all of a set is taken as published, also after classes were dropped and taken again', () => {
    const without = withClass(animals, usual(animals), 2, false)
    expect(choiceOfForm(animals, without).classes).toEqual([0, 1, 3])
    const again = withClass(animals, without, 2, true)
    expect(writtenChoice(choiceOfForm(animals, again))).toBeUndefined()
  })

  it('takes a background class only where it is asked for, and inverts without it', () => {
    expect(chosenLabels(things, usual(things))).toEqual([1, 2])
    const withBackground = withClass(things, usual(things), 0, true)
    expect(choiceOfForm(things, withBackground).classes).toEqual([0, 1, 2])
    expect(chosenLabels(things, withInverted(things, withClasses(things, usual(things), [0, 1])))).toEqual([2])
  })

  it('does not fit with fewer than two classes', () => {
    expect(unfitData(animals, withClasses(animals, usual(animals), []))).toEqual(['classes'])
    expect(unfitData(animals, withClasses(animals, usual(animals), [3]))).toEqual(['classes'])
    expect(unfitData(animals, withClasses(animals, usual(animals), [3, 0]))).toEqual([])
  })

  it('forgets which classes were chosen when the labels become others', () => {
    const grouped = withLabels(withClasses(animals, usual(animals), [0, 1]), 'superclasses')
    expect(viewOf(animals, choiceOfForm(animals, grouped))).toMatchObject({
      classes: ['mammal', 'bird'],
      sizes: { train: 400, test: 40 },
    })
    expect(withLabels(grouped, 'superclasses')).toBe(grouped)
  })

  it('means nothing for a set that was made anew with fewer classes or other labels', () => {
    const some = withClasses(animals, usual(animals), [1, 3])
    expect(stillMeant(animals, some)).toBe(true)
    expect(stillMeant({ ...animals, classes: ['cat', 'dog'] }, some)).toBe(false)
    expect(stillMeant({ ...animals, groupings: [] }, withLabels(some, 'superclasses'))).toBe(false)
  })

  it('takes images of the side that they have as they are', () => {
    expect(choiceOfForm(animals, withNumber(usual(animals), 'side', 32)).form.side).toBeNull()
    expect(choiceOfForm(animals, withNumber(usual(animals), 'side', 48)).form).toEqual({
      side: 48,
      fit: 'crop',
      cut: { kind: 'whole' },
    })
  })

  it('needs a side for pictures of any size, from 24 to 128 pixels', () => {
    for (const side of [null, 23, 129, 32.5, NaN])
      expect(unfitData(things, withNumber(usual(things), 'side', side))).toEqual(['side'])
    expect(unfitData(animals, withNumber(usual(animals), 'side', null))).toEqual([])
  })

  it('cuts objects out with a margin that is entered in percent', () => {
    const form = withNumber(withNumber({ ...usual(things), cut: 'object' }, 'margin', 25), 'least', 10)
    expect(choiceOfForm(things, form).form.cut).toEqual({ kind: 'object', margin: 0.25, least: 10 })
    expect(unfitData(things, withNumber(form, 'margin', 51))).toEqual(['margin'])
    expect(unfitData(things, withNumber(usual(things), 'margin', 51))).toEqual([])
  })

  it('draws a split by its numbers, of which none is all that are left', () => {
    const form = withNumber(
      withNumber(withNumber(usual(things), 'trainPerClass', 5), 'testPerClass', 2),
      'splitSeed',
      7,
    )
    expect(choiceOfForm(things, form).split).toEqual({ kind: 'drawn', seed: 7, train: 5, test: 2 })
    expect(viewOf(things, choiceOfForm(things, form)).sizes).toEqual({ train: 10, test: 4 })
    expect(choiceOfForm(things, withNumber(form, 'trainPerClass', null)).split).toEqual({
      kind: 'drawn',
      seed: 7,
      train: null,
      test: 2,
    })
  })

  it('tests with the sessions that are here, and never with all of them or none', () => {
    expect(usual(sessions).groups).toEqual([3])
    expect(choiceOfForm(sessions, withGroup(usual(sessions), 1, true)).split).toEqual({ kind: 'groups', test: [1, 3] })
    expect(unfitData(sessions, withGroup(usual(sessions), 3, false))).toEqual(['groups'])
    expect(
      unfitData(
        sessions,
        [1, 2, 4].reduce((form, group) => withGroup(form, group, true), usual(sessions)),
      ),
    ).toEqual(['groups'])
  })

  it('offers the rules that a set can have', () => {
    expect([animals, things, sessions].map(splitsOf)).toEqual([['official', 'drawn'], ['drawn'], ['groups', 'drawn']])
    const noTest = {
      ...animals,
      contents: animals.contents && {
        ...animals.contents,
        parts: animals.contents.parts.filter(({ split }) => split === 'train'),
      },
    }
    expect(splitsOf(noTest)).toEqual(['drawn'])
  })

  it.each([animals, things, sessions])('makes choices of $name that a run may carry', (entry) => {
    const some = withNumber(withClasses(entry, usual(entry), [0, 1]), 'perClass', 3)
    expect(DataChoice.parse(choiceOfForm(entry, some))).toMatchObject({
      classes: entry.classes.length === 2 ? null : [0, 1],
      perClass: 3,
    })
    expect(DataChoice.parse(everything(entry, usualChoice(entry))).classes).toHaveLength(entry.classes.length)
  })
})
