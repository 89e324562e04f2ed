import os from 'node:os'

/** What the figures were measured on. */
export interface Machine {
  readonly processor: string
  /** Processors that a program may use. */
  readonly cores: number
  readonly memoryBytes: number
  readonly system: string
  /** Mean number of running programs in the minute before; 0 where the system does not say. */
  readonly loadAtStart: number
}

/** Above this load, other programs are busy. */
export const quietLoad = 0.5

export function thisMachine(): Machine {
  return {
    processor: os.cpus()[0]?.model.trim() || os.arch(),
    cores: os.availableParallelism(),
    memoryBytes: os.totalmem(),
    system: `${os.type()} ${os.release()} ${os.arch()}`,
    loadAtStart: os.loadavg()[0],
  }
}

/** The machine in a line. */
export function machineText({ processor, cores, memoryBytes, system, loadAtStart }: Machine): string {
  return `${processor}, ${cores} ${cores === 1 ? 'core' : 'cores'}, ${Math.round(memoryBytes / 2 ** 30)} GB of memory, ${system}, load ${loadAtStart.toFixed(2)} at the start`
}
