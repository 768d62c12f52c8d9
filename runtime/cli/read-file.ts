import { readFile } from 'node:fs/promises'
import { decodeText } from '../../scheduler/imports/decode-text.ts'
import { ImportRefused } from '../../scheduler/imports/import-refused.ts'

/** The text of a file in any of the encodings that people's programs write. Throws ImportRefused. */
export async function readText(path: string): Promise<string> {
  try {
    return decodeText(await readFile(path))
  } catch (error) {
    throw new ImportRefused(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`)
  }
}
