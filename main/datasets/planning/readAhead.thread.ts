import { workerData } from 'node:worker_threads'
import { headOfFile } from '../archives/byteStream.ts'
import type { FilesAhead } from './readAhead.ts'

// Reads the first bytes of files, so that the system has them in memory when they are asked for.

const { files, from, step }: FilesAhead = workerData
for (let index = from; index < files.length; index += step) {
  try {
    headOfFile(files[index])
  } catch {
    // Whoever asks for it is told what is wrong with it.
  }
}
