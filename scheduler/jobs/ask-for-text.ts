import { askOutside, type OutsideAnswer } from './ask-outside.ts'

/** A day of prices has a hundredth of it, a city's car parks a tenth. */
const MAX_BYTES = 8_000_000
const TIMEOUT_MS = 30_000

export type TextAnswer = Omit<OutsideAnswer, 'bytes'> & { body: string }

/** Asks an outside service that answers with XML or JSON; see `askOutside`. */
export async function askForText(url: URL): Promise<TextAnswer> {
  const limits = { timeoutMs: TIMEOUT_MS, maxBytes: MAX_BYTES }
  const { bytes, ...answer } = await askOutside(url, { accept: 'application/xml, application/json', ...limits })
  return { ...answer, body: new TextDecoder().decode(bytes) }
}
