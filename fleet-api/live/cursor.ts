/** Where a reader of the live stream has got to. */
export interface LiveCursor {
  /** The database's horizon: every change below it is known. */
  horizon: number
  /** The minute up to which it knows what time alone changes. */
  minute: number
  /** Which process, listening since when, told it so; that one can say exactly what came later. */
  run: string
  /** How many looks of that run it knows. */
  look: number
}

export function cursorText({ horizon, minute, run, look }: LiveCursor): string {
  return `${horizon}.${minute}.${run}.${look}`
}

/** The cursor in a Last-Event-ID; null when it is none of ours. */
export function parseCursor(text: string | null): LiveCursor | null {
  const match = /^(\d{1,15})\.(\d{1,10})\.([0-9a-f]{8})\.(\d{1,12})$/.exec(text ?? '')
  if (match === null) return null
  return { horizon: Number(match[1]), minute: Number(match[2]), run: match[3] ?? '', look: Number(match[4]) }
}
