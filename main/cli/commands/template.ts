import { existsSync } from 'node:fs'
import path from 'node:path'
import { refuse } from '../../../core/words/problems.ts'
import { writeFileAtomically } from '../../files/atomicFile.ts'
import { givenPath } from '../../files/givenPath.ts'
import { anyWord } from '../argumentKinds.ts'
import { defineCommand } from '../command.ts'
import { bytes, table } from '../format.ts'
import { text } from '../optionKinds.ts'

export const templateListCommand = defineCommand({
  name: 'template list',
  summary: 'The networks and sweeps that the mirror in use hands out',
  read: () => ({}),
  run: async ({ client, output }) => {
    const { mirror, templates } = await client.update.look()
    const rows = templates.map(({ file, kind, name, note, bytes: size }) => [file, kind, bytes(size), name, note])
    const words =
      rows.length === 0 ? `${mirror} hands out no templates.` : table(['file', 'kind', 'size', 'name', 'note'], rows)
    output.tell({ event: 'done', mirror, templates }, words)
  },
})

export const templateTakeCommand = defineCommand({
  name: 'template take',
  summary: 'Save a template of the mirror in use as a file; network save and sweep take it from there',
  arguments: { template: anyWord('FILE') },
  options: { to: text('DIR', 'Folder for it (this one)') },
  read: ({ template }, { to = '.' }) => ({ template, folder: givenPath(to) }),
  run: async ({ client, output }, { template, folder }) => {
    const { mirror, templates } = await client.update.look()
    const found = templates.find(({ file }) => file === template)
    if (found === undefined)
      return refuse('template-unknown', {
        template,
        mirror,
        known: templates.map(({ file }) => file).join(', ') || '—',
      })
    const saved = path.join(folder, path.basename(found.file))
    if (existsSync(saved)) refuse('update-file-there', { file: saved })
    const { text: content } = await client.update.template({ file: found.file })
    await writeFileAtomically(saved, [Buffer.from(content)])
    const next = found.kind === 'network' ? `lab network save "${found.name}" ${saved}` : `lab sweep ${saved}`
    output.tell({ event: 'done', file: saved, kind: found.kind }, `${saved} is saved. Next: ${next}`)
  },
})
