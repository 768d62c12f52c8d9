/**
 * A Date that is quicker to write as JSON: half of the time of a fleet's state as JSON goes into the texts of its instants. `Date.toJSON` asks its object
 * in roundabout ways before it writes, and writes anew each time; this one writes once. For instants that are read and told, never set.
 */
export class Instant extends Date {
  #text: string | undefined

  override toJSON(): string {
    return (this.#text ??= this.toISOString())
  }
}

/** Which minute since 1970 it is: what time alone changes is told anew with each. */
export function minuteOf(at: Date): number {
  return Math.floor(at.getTime() / 60_000)
}
