import { canonicalJson } from '../../../core/numbers/canonicalJson.ts'
import type { DataChoice } from '../../../core/data/dataChoice.ts'
import type { ImagePage, ListedImage, Split, TwinsPage } from '../../../core/data/dataset.ts'
import { selectImages, type PartLabels, type SelectedImages, type Selection } from '../../../core/data/selection.ts'
import { readTwins } from '../../files/formFacts.ts'
import { readPreparedNumbers } from '../../files/preparedForm.ts'
import type { StoredForm } from '../store/storedSet.ts'

/** Lists the images of choices. The last selection is cached, because a window asks for it page by page. */
export class ChoiceImages {
  #last: { readonly key: string; readonly selection: Promise<Selection> } | null = null

  /**
   * A page of the images of a choice in one split, in the order of their indices.
   * @param label position of the label among those of the choice; null: all.
   * @throws LabError `bad-input` for labels or a class that the set does not have; file errors when the labels cannot
   *   be read.
   */
  async page(
    form: StoredForm,
    choice: DataChoice,
    { split, label, from, count }: { split: Split; label: number | null; from: number; count: number },
  ): Promise<ImagePage> {
    const selected = (await this.#selection(form, choice))[split]
    if (label === null) return { total: selected.images.length, images: listedIn(selected, from, count) }
    const listed = ofLabel(selected, label)
    return { total: listed.length, images: listed.slice(from, from + count) }
  }

  /**
   * The labels of the images of a choice in one split, in the order of their indices.
   * @throws as `page` does.
   */
  async labels(form: StoredForm, choice: DataChoice, split: Split): Promise<Uint16Array> {
    return (await this.#selection(form, choice))[split].labels
  }

  /**
   * Pairs of equal images, one for training and one for testing.
   * @throws as `page` does.
   */
  async twins(form: StoredForm, choice: DataChoice, count: number): Promise<TwinsPage> {
    const { train, test } = await this.#selection(form, choice)
    const firstOf = new Map(await readTwins(form.folder))
    const training = new Map<number, ListedImage>()
    train.images.forEach((index, place) => {
      const first = firstOf.get(index)
      if (first !== undefined && !training.has(first)) training.set(first, { index, label: train.labels[place] })
    })
    const pairs: TwinsPage['pairs'] = []
    test.images.forEach((index, place) => {
      const twin = training.get(firstOf.get(index) ?? -1)
      if (twin !== undefined) pairs.push({ train: twin, test: { index, label: test.labels[place] } })
    })
    return { total: pairs.length, pairs: pairs.slice(0, count) }
  }

  #selection({ folder, stored }: StoredForm, choice: DataChoice): Promise<Selection> {
    const key = `${stored.prepared.sha256} ${canonicalJson(choice)}`
    if (this.#last?.key !== key) {
      const selection = select(folder, stored, choice)
      this.#last = { key, selection }
      // A failed selection must not stay cached.
      selection.catch(() => (this.#last = null))
    }
    return this.#last.selection
  }
}

async function select(folder: string, stored: StoredForm['stored'], choice: DataChoice): Promise<Selection> {
  const labelsOf = async (split: Split): Promise<PartLabels> => {
    const { labels, groups } = await readPreparedNumbers(folder, stored, split)
    return { labels, groups: groups ?? null }
  }
  return selectImages(stored.card, { train: await labelsOf('train'), test: await labelsOf('test') }, choice)
}

function listedIn({ images, labels }: SelectedImages, from: number, count: number): ListedImage[] {
  const place = Math.min(from, images.length)
  return Array.from(images.subarray(place, place + count), (index, offset) => ({
    index,
    label: labels[place + offset],
  }))
}

function ofLabel({ images, labels }: SelectedImages, label: number): ListedImage[] {
  const listed: ListedImage[] = []
  images.forEach((index, place) => {
    if (labels[place] === label) listed.push({ index, label: labels[place] })
  })
  return listed
}
