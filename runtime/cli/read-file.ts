import { readFile } from 'node:fs/promises'
import { decodeText } from '../../scheduler/imports/decode-text.ts'

/** There is no such file, or it cannot be read. */
export class FileUnreadable extends Error {
  override name = 'FileUnreadable'
}

/** The text of a file in any of the encodings that people's programs write. Throws FileUnreadable. */
export async function readText(path: string): Promise<string> {
  try {
    return decodeText(await readFile(path))
  } catch (error) {
    throw new FileUnreadable(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`)
  }
}
