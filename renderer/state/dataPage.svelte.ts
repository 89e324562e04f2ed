import type { Split } from '../../core/data/dataset.ts'

export type DataTab = 'images' | 'classes' | 'twins' | 'about'

/** The images in the list: all, those of the next run, or those of one label (its index). */
export type Listed = 'all' | 'taken' | number

/** View state of the Data page. It lives as long as the window and is reset for another set. */
export class DataPageView {
  tab = $state<DataTab>('images')
  split = $state<Split>('train')
  listed = $state<Listed>('all')
  /** Position in the list of the image shown large; null means none. */
  opened = $state<number | null>(null)
  /** How large the images of the list are. It stays for other sets. */
  enlargement = $state<1 | 2 | 3>(1)
  /** Whether the form for a new set of own images is open. */
  addsOwn = $state(false)
  /** The set of own images whose import the page shows; null: none. */
  importing = $state<string | null>(null)
  #opensWithOwn = false

  /** Shows the images of one label, or all images. */
  list(listed: Listed): void {
    this.listed = listed
    this.opened = null
  }

  showSplit(split: Split): void {
    this.split = split
    this.opened = null
  }

  /** Lets the page open with the form for a new set of own images, when a person comes to it next. */
  openWithOwn(): void {
    this.#opensWithOwn = true
  }

  begin(): void {
    this.tab = 'images'
    this.split = 'train'
    this.listed = 'all'
    this.opened = null
    this.addsOwn = this.#opensWithOwn
    this.#opensWithOwn = false
  }
}

export const dataPage = new DataPageView()
