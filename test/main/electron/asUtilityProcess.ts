// Runs the engine's program with the port that Electron gives a utility process, carried by Node's own channel to a
// forked process.
if (process.send === undefined) throw new Error('fork this program')

Object.defineProperty(process, 'parentPort', {
  value: {
    on: (event: string, listener: (event: { data: unknown }) => void) =>
      process.on(event, (data: unknown) => listener({ data })),
    postMessage: (message: unknown) => process.send?.(message),
  },
})

await import('../../../main/engine/process/entry.ts')
