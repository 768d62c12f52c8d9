import { compile } from 'json-schema-to-typescript'
import type { MessageSchema } from './ocpp-validators.ts'

/** Text of a `.d.ts` with one namespace per message and `Messages`: action → { request, response }. */
export async function payloadTypes(messages: readonly MessageSchema[]): Promise<string> {
  const parts: string[] = []
  for (const { action, direction, schema } of messages) {
    const types = await compile({ ...schema, $id: 'Payload', title: 'Payload' }, 'Payload', {
      additionalProperties: false,
      bannerComment: '',
      format: false,
      declareExternallyReferenced: true,
    })
    parts.push(`export namespace ${action}_${direction} {\n${types}}\n`)
  }
  const table = Map.groupBy(messages, (message) => message.action)
    .entries()
    .map(([action, both]) => {
      const fields = both.map(({ direction }) => `${direction}: ${action}_${direction}.Payload`)
      return `  ${action}: { ${fields.join('; ')} }`
    })
  return `${parts.join('')}export interface Messages {\n${[...table].join('\n')}\n}\n`
}
