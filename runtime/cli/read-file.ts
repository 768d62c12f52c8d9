import { readFile } from 'node:fs/promises'
import { decodeText } from './decode-text.ts'

/** What was given cannot be stored; the message says why. Nothing has changed. */
export class ImportRefused extends Error {
  override name = 'ImportRefused'
}

/** The text of a file in any of the encodings that people's programs write. Throws ImportRefused. */
export async function readText(path: string): Promise<string> {
  try {
    return decodeText(await readFile(path))
  } catch (error) {
    throw new ImportRefused(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`)
  }
}

/** Throws ImportRefused on what is no JSON. */
export function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new ImportRefused(`${path} is no JSON: ${error instanceof Error ? error.message : String(error)}`)
  }
}

/** `1 trip`, `3 trips`. */
export function counted(count: number | undefined, thing: string): string {
  return `${count ?? 0} ${thing}${count === 1 ? '' : 's'}`
}

/** Problems of a file, the first twenty in full. */
export function refusal(path: string, problems: readonly string[]): ImportRefused {
  const shown = problems.slice(0, 20).map((problem) => `  ${problem}`)
  const more = problems.length > shown.length ? [`  … and ${problems.length - shown.length} more`] : []
  return new ImportRefused([`${path} was not stored:`, ...shown, ...more].join('\n'))
}
