import type { Split } from '../../core/data/dataset.ts'

export type DataTab = 'images' | 'classes' | 'twins' | 'about'

/** The images that are listed: all, those that the next run takes, or those of one label (its index). */
export type Listed = 'all' | 'taken' | number

/** What of the Data page is in view; lives as long as the window, and begins anew for another set. */
export class DataPageView {
  tab = $state<DataTab>('images')
  split = $state<Split>('train')
  listed = $state<Listed>('all')
  /** Place in the list of the image that is shown large; null: none. */
  opened = $state<number | null>(null)
  /** Whether a new set of a person's own images is being made. */
  addsOwn = $state(false)

  /** Shows the images of one label, or all. */
  list(listed: Listed): void {
    this.listed = listed
    this.opened = null
  }

  showSplit(split: Split): void {
    this.split = split
    this.opened = null
  }

  begin(): void {
    this.tab = 'images'
    this.split = 'train'
    this.listed = 'all'
    this.opened = null
    this.addsOwn = false
  }
}

export const dataPage = new DataPageView()
