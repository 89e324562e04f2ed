import { brokenImageText } from '../../../core/data/brokenImage.ts'
import { formKey, type DataChoice } from '../../../core/data/dataChoice.ts'
import type { DatasetEntry } from '../../../core/data/dataset.ts'
import { chosenClasses, chosenCounts, groupsOf, usualChoice } from '../../../core/data/datasetView.ts'
import { sentenceOf } from '../../../core/words/problems.ts'
import { anyWord } from '../argumentKinds.ts'
import { defineCommand } from '../command.ts'
import { stateOf } from '../datasetState.ts'
import { absent, bytes, table } from '../format.ts'
import { datasetEntry } from '../getDataset.ts'
import { factLine, planFacts } from '../planWords.ts'
import { leftOutText } from '../tellReady.ts'

/** A fact as a line; null: nothing is known of it. */
function fact(name: string, value: string | null): string[] {
  return value === null || value === '' ? [] : [factLine(name, value)]
}

function facts(entry: DatasetEntry): string[] {
  const { contents, editions, groupings, prepared } = entry
  const broken = contents?.broken
  return [
    ...fact('State', stateOf(entry)),
    ...fact('Why', entry.problem === null ? null : sentenceOf(entry.problem, 'en')),
    ...fact('Cite', entry.authors),
    ...fact('Page', entry.page),
    ...fact('Licence', entry.licence),
    ...fact('Editions', editions.map((one) => (one === contents?.edition ? `${one} (here)` : one)).join(', ')),
    ...fact('Labels', ['classes', ...groupings.map(({ id, classes }) => `${id} (${classes.length})`)].join(', ')),
    ...fact('Groups', groupsOf(entry).join(', ')),
    ...fact('On disk', contents === null ? null : bytes(contents.bytes)),
    ...fact(
      'Published',
      // One's own images have no publisher.
      contents === null || entry.obtained === 'own'
        ? null
        : !entry.sums
          ? 'its publisher states no checksums to compare with'
          : contents.published
            ? 'yes, by its checksums'
            : 'no: not the publisher’s files',
    ),
    ...(contents?.plan == null ? [] : planFacts(contents.plan).map(([name, value]) => factLine(name, value))),
    ...fact('Left out', contents === null ? null : contents.leftOut.map(leftOutText).join('; ')),
    ...fact('Missing', contents === null ? null : contents.missing.join('; ')),
    ...fact(
      'Broken images',
      broken === undefined || broken.count === 0
        ? null
        : `${broken.count}: ${broken.first.map((one) => brokenImageText(one, 'en')).join('; ')}`,
    ),
    ...fact('sha256', prepared?.sha256 ?? null),
  ]
}

function classTable(entry: DatasetEntry, choice: DataChoice): string {
  const chosen = chosenClasses(entry, choice)
  const counts = chosenCounts(entry, choice)
  const rows = entry.classes.map((name, label) => {
    const place = chosen.indexOf(label)
    const counted = place < 0 ? null : (counts?.[place] ?? null)
    return [name, counted === null ? absent : String(counted.train), counted === null ? absent : String(counted.test)]
  })
  return table(['CLASS', 'TRAINING', 'TEST'], rows)
}

export const datasetShowCommand = defineCommand({
  name: 'dataset show',
  summary: 'Show a data set: its classes, images and what is known of it',
  arguments: { dataset: anyWord('ID') },
  read: ({ dataset }) => ({ dataset }),
  /** The counts are of the images that a run usually takes. */
  run: async (context, { dataset }) => {
    const entry = await datasetEntry(context, dataset)
    const choice = usualChoice(entry)
    const forms = entry.forms.map(({ form, prepared, image, twins }) => [
      formKey(form),
      `${image.width} x ${image.height}`,
      bytes(prepared.bytes),
      twins === null ? absent : String(twins),
      prepared.sha256,
    ])
    const words = [
      `${entry.name} (${entry.id})`,
      ...facts(entry),
      ...(forms.length === 0 ? [] : ['', table(['FORM', 'PIXELS', 'SIZE', 'TWINS', 'SHA256'], forms)]),
      ...entry.groupings.flatMap(({ id: labels, classes }) => ['', `${labels}: ${classes.join(', ')}`]),
      '',
      classTable(entry, choice),
    ]
    context.output.tell({ ...entry, choice, counts: chosenCounts(entry, choice) }, words.join('\n'))
  },
})
