import { Ajv } from 'ajv'
import standalone from 'ajv/dist/standalone/index.js'

export interface MessageSchema {
  action: string
  direction: 'request' | 'response'
  schema: object
}

/** Any ISO 8601 instant that real stations send: a space for the T, no seconds, no zone, `+0200`. Reading it decides what it means. */
const DATE_TIME = /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(:\d\d([.,]\d+)?)? ?([Zz]|[+-]\d\d(:?\d\d)?)?$/
const URI = /^[A-Za-z][A-Za-z\d+.-]*:\S*$/

/** Source of an ES module that exports `validators`: action → { request, response }. It imports nothing and compiles nothing at run time. */
export function validatorModule(messages: readonly MessageSchema[]): string {
  const ajv = new Ajv({
    code: { source: true, esm: true, lines: false },
    multipleOfPrecision: 6,
    strict: false,
    formats: { 'date-time': DATE_TIME, uri: URI },
  })
  const names: Record<string, string> = {}
  for (const { action, direction, schema } of messages) {
    const name = `${action}_${direction}`
    // The official ids are urns that Ajv's resolver refuses.
    ajv.addSchema({ ...withoutProse(schema), $id: name })
    names[name] = name
  }
  const code = standalone
    .default(ajv, names)
    .replaceAll('require("ajv/dist/runtime/ucs2length").default', 'countCharacters')
  if (/\brequire\(|new Function|\beval\(/.test(code)) throw new Error('a generated validator needs a run-time module')
  return `${COUNT_CHARACTERS}${code}\n${exportTable(messages)}`
}

const COUNT_CHARACTERS = `function countCharacters(text) {
  let count = text.length
  for (let i = 0; i + 1 < text.length; i++) {
    if ((text.charCodeAt(i) & 0xfc00) === 0xd800 && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00) { count--; i++ }
  }
  return count
}
`

function exportTable(messages: readonly MessageSchema[]): string {
  const lines = Map.groupBy(messages, (message) => message.action)
    .entries()
    .map(([action, both]) => {
      const fields = both.map(({ direction }) => `${direction}: ${action}_${direction}`)
      return `  ${action}: { ${fields.join(', ')} },`
    })
  return `export const validators = {\n${[...lines].join('\n')}\n}\n`
}

/** Descriptions make up half of the schemas and check nothing. */
function withoutProse(value: object): object {
  if (Array.isArray(value)) return value.map((item: unknown) => (isObject(item) ? withoutProse(item) : item))
  const kept = Object.entries(value).filter(
    ([key, item]) =>
      !(typeof item === 'string' && ['description', 'comment', '$comment', 'javaType', '$schema'].includes(key)),
  )
  return Object.fromEntries(
    kept.map(([key, item]: [string, unknown]) => [key, isObject(item) ? withoutProse(item) : item]),
  )
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
