/** A value as it is after `JSON.stringify`: instants are ISO 8601 strings, and so is all else that says itself how it is written. */
export type AsJson<T> = T extends { toJSON(): infer Text }
  ? Text
  : T extends readonly (infer Item)[]
    ? number extends T['length']
      ? AsJson<Item>[]
      : { -readonly [Key in keyof T]: AsJson<T[Key]> }
    : T extends object
      ? { [Key in keyof T]: AsJson<T[Key]> }
      : T

/** The same value, typed as its JSON: `Date.toJSON` does the work when it is written. */
export function asJson<T>(value: T): AsJson<T> {
  return value as AsJson<T>
}
