import { implementation } from './implementation.ts'

const { preferences } = implementation

/** What a person has chosen for the window. */
export const preferencesRouter = preferences.router({
  read: preferences.read.handler(({ context }) => context.lab.history.readPreferences()),
  write: preferences.write.handler(({ context, input }) => {
    const { history, events } = context.lab
    history.writePreferences(input)
    const preferences = history.readPreferences()
    events.publish({ kind: 'preferences', preferences })
    return preferences
  }),
})
