import { serveHomeSocket } from '../homeSocket/serveHomeSocket.ts'
import { Lab, type LabOptions } from '../lab.ts'
import { largestMessageBytes, serveContract } from './contractSocket.ts'

/**
 * Opens a home folder as its owner and serves the window contract at the folder's socket, so that command lines reach
 * the lab while this process owns the folder.
 * @throws LabError as `Lab.open` does, or `socket-too-long` or `write-failed` if no socket can be made; then
 * nothing stays open.
 */
export async function openServedLab(options: LabOptions): Promise<Lab> {
  const lab = await Lab.open(options)
  try {
    const { home, log } = lab
    lab.setSocket(
      await serveHomeSocket({ home, log, largestMessageBytes, onConnection: (socket) => serveContract(lab, socket) }),
    )
  } catch (thrown) {
    await lab.close()
    throw thrown
  }
  return lab
}
