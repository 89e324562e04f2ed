import { z } from 'zod'

const Licences = z.array(
  z.strictObject({ name: z.string(), version: z.string(), licence: z.string(), text: z.string() }),
)

/** A package whose code is shipped, and the licence that it comes under. */
export type Licence = z.infer<typeof Licences>[number]

/** The licences of everything that is shipped, as the build of this window found them. */
export class LicenceList {
  known = $state.raw<readonly Licence[] | null>(null)
  /** Why they could not be read. */
  detail = $state<string | null>(null)
  readonly #read: () => Promise<Response>

  constructor(read: () => Promise<Response> = () => fetch('/licences.json')) {
    this.#read = read
  }

  /** Reads them, unless they are known already. */
  async read(): Promise<void> {
    if (this.known !== null) return
    try {
      const response = await this.#read()
      if (!response.ok) throw new Error(String(response.status))
      this.known = Licences.parse(await response.json())
      this.detail = null
    } catch (thrown) {
      this.detail = thrown instanceof Error ? thrown.message.split('\n')[0] : String(thrown)
    }
  }
}

/** The licences in which a text occurs: in the name of the package or of the licence, regardless of capitals. */
export function foundLicences(licences: readonly Licence[], text: string): readonly Licence[] {
  const wanted = text.trim().toLowerCase()
  return licences.filter(({ name, licence }) => `${name} ${licence}`.toLowerCase().includes(wanted))
}

export const licenceList = new LicenceList()
