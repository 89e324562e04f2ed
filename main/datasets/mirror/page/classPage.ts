import {
  archivesFolder,
  newestArchive,
  templatesFolder,
  type MirrorOffer,
  type OfferedArchive,
} from '../../../../core/mirror/mirrorOffer.ts'
import { systemNames, type ArchiveSystem } from '../../../../core/mirror/portableArchive.ts'
import type { Language } from '../../../../core/words/language.ts'
import { packName } from '../mirrorLayout.ts'
import { framed } from './frame.ts'
import { html, nothing, type Markup } from './html.ts'
import { say, sizeText } from './words.ts'

export interface ClassPage {
  readonly language: Language
  /** Where this computer is reached, without the code. */
  readonly address: string
  /** Null where none is asked for. */
  readonly code: string | null
  /** The system of who looks at the page; null for one without archives. */
  readonly system: ArchiveSystem | null
  readonly offer: MirrorOffer
}

/**
 * The system that a browser says it runs on; null for a telephone and for what has no archives. A browser does not tell
 * which processor a Mac has, so the page names the one that the archive needs. Windows on ARM runs programs for x64.
 */
export function systemOfBrowser(userAgent: string): ArchiveSystem | null {
  if (/Windows NT/.test(userAgent)) return 'win-x64'
  if (/Macintosh/.test(userAgent)) return 'darwin-arm64'
  return /Linux x86_64/.test(userAgent) && !/Android/.test(userAgent) ? 'linux-x64' : null
}

/** What the teacher's computer offers: the program for the visitor's system first, then data sets and templates. */
export function classPage(page: ClassPage): string {
  return framed(page.language, html`${board(page)}${program(page)}${data(page)}${templates(page)}`)
}

/** Address and code in large letters, because the teacher shows this page to the room. */
function board({ language, address, code }: ClassPage): Markup {
  const coded =
    code === null
      ? nothing
      : html`<div>
          <dt>${say(language, 'code')}</dt>
          <dd>${code}</dd>
        </div>`
  return html`<dl class="board">
    <div>
      <dt>${say(language, 'address')}</dt>
      <dd>${address}</dd>
    </div>
    ${coded}
  </dl>`
}

function link(folder: string, file: string): string {
  return `${folder}/${encodeURIComponent(file)}`
}

function systemName(system: ArchiveSystem, language: Language): string {
  return system === 'darwin-arm64' ? say(language, 'apple-silicon') : systemNames[system]
}

function program({ language, system, offer: { archives } }: ClassPage): Markup {
  const fitting = system === null ? undefined : newestArchive(archives, system)
  const size = (archive: OfferedArchive): string => sizeText(archive.bytes, language)
  const first =
    fitting === undefined
      ? html`<p>${say(language, archives.length === 0 ? 'none-at-all' : 'none-for-you')}</p>`
      : html`<p>
            <a class="button" href="${link(archivesFolder, fitting.file)}"
              >${say(language, 'download-for', {
                version: fitting.version,
                system: systemName(fitting.system, language),
                size: size(fitting),
              })}</a
            >
          </p>
          <p>${say(language, 'unpack')}</p>`
  // The visitor's own system stands first.
  const ordered = archives.toSorted((one, other) => Number(other.system === system) - Number(one.system === system))
  const rows = ordered.map(
    (archive) =>
      html`<tr>
        <td>
          <a href="${link(archivesFolder, archive.file)}">${archive.file}</a><br /><code class="sum"
            >SHA-256 ${archive.sha256}</code
          >
        </td>
        <td>${systemName(archive.system, language)}</td>
        <td>${archive.version}</td>
        <td class="number">${size(archive)}</td>
      </tr>`,
  )
  const table =
    archives.length === 0
      ? nothing
      : html`<table>
          <caption>
            ${say(language, 'archives')}
          </caption>
          <thead>
            <tr>
              <th scope="col">${say(language, 'file')}</th>
              <th scope="col">${say(language, 'system')}</th>
              <th scope="col">${say(language, 'version')}</th>
              <th scope="col" class="number">${say(language, 'size')}</th>
            </tr>
          </thead>
          <tbody>
            ${rows}
          </tbody>
        </table>`
  return html`<section aria-labelledby="program">
    <h2 id="program">${say(language, 'program')}</h2>
    ${first}${table}
  </section>`
}

function data({ language, address, code, offer: { datasets } }: ClassPage): Markup {
  const place = code === null ? address : `${address}/${code}`
  const rows = datasets.map(({ id, name, bytes, packed }) => {
    const called = packed ? html`<a href="${encodeURIComponent(packName(id))}">${name}</a>` : html`${name}`
    return html`<tr>
      <td>${called}</td>
      <td class="number">${sizeText(bytes, language)}</td>
    </tr>`
  })
  const table =
    datasets.length === 0
      ? html`<p>${say(language, 'data-none')}</p>`
      : html`<table>
          <thead>
            <tr>
              <th scope="col">${say(language, 'set')}</th>
              <th scope="col" class="number">${say(language, 'size')}</th>
            </tr>
          </thead>
          <tbody>
            ${rows}
          </tbody>
        </table>`
  return html`<section aria-labelledby="data">
    <h2 id="data">${say(language, 'data')}</h2>
    <p>${say(language, 'data-how')} <code>${place}</code></p>
    ${table}
  </section>`
}

function templates({ language, offer }: ClassPage): Markup {
  if (offer.templates.length === 0) return nothing
  const rows = offer.templates.map(({ file, kind, name, note, bytes }) => {
    const noted = note === '' ? nothing : html`<br /><span class="soft">${note}</span>`
    return html`<tr>
      <td><a href="${link(templatesFolder, file)}">${name}</a>${noted}</td>
      <td>${say(language, kind, { file })}</td>
      <td class="number">${sizeText(bytes, language)}</td>
    </tr>`
  })
  return html`<section aria-labelledby="templates">
    <h2 id="templates">${say(language, 'templates')}</h2>
    <p>${say(language, 'templates-how')}</p>
    <table>
      <thead>
        <tr>
          <th scope="col">${say(language, 'template')}</th>
          <th scope="col">${say(language, 'kind')}</th>
          <th scope="col" class="number">${say(language, 'size')}</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </section>`
}
