/** Answers whose JSON is there already: to write a large one again takes longer than all else. */
const texts = new WeakMap<object, string>()

/** Says how a value is written as JSON. */
export function writtenAs<Value extends object>(value: Value, text: string): Value {
  texts.set(value, text)
  return value
}

/** A value as JSON, by the text that was said for it, if any. */
export function jsonText(value: unknown): string {
  const text = typeof value === 'object' && value !== null ? texts.get(value) : undefined
  return text ?? JSON.stringify(value)
}
