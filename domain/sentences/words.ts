/**
 * One sentence a code, in English, Bulgarian and Ukrainian, with its values in braces. Sentences name numbers ("trips left out: {n}") or are worded
 * so that no language needs a plural, and keep ids apart from words that would have to be declined.
 */
export type Words = Readonly<Record<string, readonly [en: string, bg: string, uk: string]>>
