import type { ApiDocument } from '../openapi.ts'
import { escape, inline } from './html.ts'

/** The parts of JSON Schema that the document uses. */
export interface Schema {
  $ref?: string
  type?: string | string[]
  format?: string
  description?: string
  enum?: unknown[]
  const?: unknown
  default?: unknown
  example?: unknown
  minimum?: number
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  oneOf?: Schema[]
  anyOf?: Schema[]
  allOf?: Schema[]
  additionalProperties?: boolean | Schema
}

export function referenceName(schema: Schema): string | undefined {
  return schema.$ref?.split('/').at(-1)
}

export function resolve(document: ApiDocument, name: string): Schema {
  return ((document.components?.schemas ?? {}) as Record<string, Schema>)[name] ?? {}
}

/** A type in a few words, with links to named ones. */
export function typeWords(schema: Schema): string {
  const name = referenceName(schema)
  if (name !== undefined) return `<a href="#type-${escape(name)}">${escape(name)}</a>`
  if (schema.enum !== undefined)
    return schema.enum.map((value) => `<code>${escape(JSON.stringify(value))}</code>`).join(' | ')
  const choices = schema.oneOf ?? schema.anyOf ?? schema.allOf
  if (choices !== undefined) return choices.map(typeWords).join(schema.allOf === undefined ? ' | ' : ' & ')
  const types = [schema.type ?? []].flat()
  return types
    .map((type) => {
      if (type === 'array') return `list of ${schema.items === undefined ? 'anything' : typeWords(schema.items)}`
      if (type === 'object' && isPage(schema)) return `page of ${typeWords(schema.properties?.['items']?.items ?? {})}`
      return schema.format === undefined || type === 'null'
        ? escape(type)
        : `${escape(type)} (${escape(schema.format)})`
    })
    .join(' | ')
}

/** An object's members, nested ones within. */
export function schemaBlock(schema: Schema): string {
  const choices = schema.oneOf ?? schema.anyOf
  if (choices !== undefined) {
    return `<p>One of:</p><ul class="choices">${choices.map((choice) => `<li>${schemaBlock(choice)}</li>`).join('')}</ul>`
  }
  if (schema.properties === undefined) return `<p>${typeWords(schema)}</p>`
  const required = new Set(schema.required)
  const members = Object.entries(schema.properties).map(([name, member]) => {
    const inner = nested(member)
    const optional = required.has(name) ? '' : ' <em>optional</em>'
    return `<li><code>${escape(name)}</code>${optional}: ${inner === undefined ? typeWords(member) : wrapperWords(member)} ${inline(member.description ?? '')}${inner === undefined ? '' : schemaBlock(inner)}</li>`
  })
  return `<ul class="members">${members.join('')}</ul>`
}

/** The unnamed object within a member, also within a list. */
function nested(member: Schema): Schema | undefined {
  if (member.properties !== undefined) return member
  return member.items === undefined ? undefined : nested(member.items)
}

function wrapperWords(member: Schema): string {
  const words = member.items === undefined ? 'object' : 'list of objects'
  return [member.type ?? []].flat().includes('null') ? `${words} | null` : words
}

function isPage(schema: Schema): boolean {
  return schema.properties?.['items']?.items !== undefined && schema.properties['next'] !== undefined
}

/** A value of the schema: its own example where it has one, else put together from its parts. */
export function schemaExample(schema: Schema, find: (name: string) => Schema, depth = 0): unknown {
  if (schema.example !== undefined) return schema.example
  const name = referenceName(schema)
  if (name !== undefined) return depth > 6 ? {} : schemaExample(find(name), find, depth + 1)
  if (schema.default !== undefined) return schema.default
  if (schema.enum !== undefined) return schema.enum[0]
  const choice = (schema.oneOf ?? schema.anyOf ?? schema.allOf)?.[0]
  if (choice !== undefined) return schemaExample(choice, find, depth + 1)
  switch ([schema.type ?? []].flat()[0]) {
    case 'object':
      return Object.fromEntries(
        Object.entries(schema.properties ?? {}).map(([key, member]) => [
          key,
          key === 'next' && isPage(schema) ? null : schemaExample(member, find, depth + 1),
        ]),
      )
    case 'array':
      return schema.items === undefined ? [] : [schemaExample(schema.items, find, depth + 1)]
    case 'integer':
    case 'number':
      return Math.max(schema.minimum ?? 0, 0)
    case 'boolean':
      return true
    case 'string':
      return schema.format === 'date-time' ? '2026-11-23T19:42:00.000Z' : 'string'
    default:
      return null
  }
}
