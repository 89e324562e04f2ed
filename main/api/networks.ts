import type { Lab } from '../lab.ts'
import { implementation } from './implementation.ts'

const { networks } = implementation

/** Tells the windows which networks there are now. */
function tellAll({ events, history }: Lab): void {
  events.publish({ kind: 'networks', networks: history.networks() })
}

/** Networks of one's own. */
export const networksRouter = networks.router({
  list: networks.list.handler(({ context }) => context.lab.history.networks()),
  get: networks.get.handler(({ context, input }) => context.lab.history.network(input.name, input.version)),
  save: networks.save.handler(({ context, input: { name, note, network } }) => {
    const saved = context.lab.history.saveNetwork(name, note, network)
    tellAll(context.lab)
    return saved
  }),
  rename: networks.rename.handler(({ context, input }) => {
    const renamed = context.lab.history.renameNetwork(input.name, input.to)
    tellAll(context.lab)
    return renamed
  }),
  remove: networks.remove.handler(({ context, input }) => {
    context.lab.history.removeNetwork(input.name)
    tellAll(context.lab)
  }),
  versions: networks.versions.handler(({ context, input }) => context.lab.history.networkVersions(input.name)),
  draft: {
    read: networks.draft.read.handler(({ context }) => ({ text: context.lab.history.networkDraft() })),
    write: networks.draft.write.handler(({ context, input }) => context.lab.history.writeNetworkDraft(input.text)),
  },
})
