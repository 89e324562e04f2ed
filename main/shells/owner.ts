import type { Owner } from '../../core/contract/windowContract.ts'
import { homePlaces } from '../files/places.ts'
import { connectToOwner } from '../homeSocket/ownerLink.ts'

/** The Conv Lab that owns a home folder now; null if there is none. */
export async function ownerOf(folder: string): Promise<Owner | null> {
  const connection = await connectToOwner(homePlaces(folder))
  if (connection === null) return null
  try {
    return (await connection.client.lab.status()).owner
  } finally {
    connection.close()
  }
}
