/**
 * The signals by which a person or the system asks a program to end: Ctrl+C, a closed terminal, a shutdown. Where
 * Windows closes the window of a console, Node reports SIGHUP and has some seconds; Ctrl+Break is SIGBREAK.
 */
export const endSignals: readonly NodeJS.Signals[] =
  process.platform === 'win32' ? ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGBREAK'] : ['SIGINT', 'SIGTERM', 'SIGHUP']

/**
 * Lets a process of the lab go on when such a signal is sent to all of them. The main process decides what happens,
 * needs this one for it, and ends it afterwards.
 */
export function leaveEndToMain(): void {
  for (const signal of endSignals) process.on(signal, () => undefined)
}
