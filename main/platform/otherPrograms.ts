import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process'

/** How programs like npm are started. On Windows npm is a batch file, which only a shell can start. */
export const throughShell: Pick<SpawnOptions, 'shell' | 'windowsHide'> = {
  shell: process.platform === 'win32',
  windowsHide: true,
}

/** Ends a program at once. On Windows also ends the shell's children, which would outlive it. */
export function endAtOnce(child: ChildProcess): void {
  if (process.platform === 'win32' && child.pid !== undefined)
    spawn('taskkill', ['/pid', String(child.pid), '/T', '/F'], { stdio: 'ignore', windowsHide: true })
  else child.kill('SIGKILL')
}
