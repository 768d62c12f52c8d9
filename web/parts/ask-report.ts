import { type Answer, ask } from './api.ts'

/** Asks for a report as JSON. Its document also knows files, whose type is text; those are fetched by link and never come here. */
export function askReport<Value>(
  asked: Promise<{ data?: Value; error?: unknown; response: Response }>,
): Promise<Answer<Exclude<Value, string>>> {
  return ask(asked) as Promise<Answer<Exclude<Value, string>>>
}
