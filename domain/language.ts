/** The languages that the product speaks: its pages, its boards, and whatever the server says to people. */
export const LANGUAGES = ['en', 'bg', 'uk'] as const
export type Language = (typeof LANGUAGES)[number]
