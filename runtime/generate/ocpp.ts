import { mkdir, rename, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { payloadTypes } from './ocpp-types.ts'
import { validatorModule, type MessageSchema } from './ocpp-validators.ts'

const VERSIONS = [
  { version: '1.6', file: 'ocpp1_6.json' },
  { version: '2.0.1', file: 'ocpp2_0_1.json' },
  { version: '2.1', file: 'ocpp2_1.json' },
] as const

const DIRECTORY = new URL('../../ocpp-central/generated/', import.meta.url)

/** Writes ocpp-central/generated/ from the official schemas: per version one module of validators and one of payload types. */
export async function generate(): Promise<void> {
  await mkdir(DIRECTORY, { recursive: true })
  for (const { version, file } of VERSIONS) {
    const messages = readSchemas(file)
    await write(`validators-${version}.js`, validatorModule(messages))
    await write(`validators-${version}.d.ts`, VALIDATOR_TYPES)
    await write(`messages-${version}.d.ts`, await payloadTypes(messages))
  }
}

const VALIDATOR_TYPES = `import type { MessageValidators } from '../validation.ts'
export declare const validators: Readonly<Record<string, MessageValidators>>
`

function readSchemas(file: string): MessageSchema[] {
  // The package exports no schemas, so they are found beside its entry file.
  const require = createRequire(import.meta.url)
  const schemas = require(require.resolve('ocpp-rpc').replace(/index\.js$/, `lib/schemas/${file}`)) as { $id: string }[]
  return schemas.map((schema) => {
    const [, action, kind] = /^urn:(\w+?)(\.req|\.conf|Request|Response)?$/.exec(schema.$id) ?? []
    if (action === undefined) throw new Error(`${file}: cannot read the message's name from ${schema.$id}`)
    return { action, direction: kind === '.conf' || kind === 'Response' ? 'response' : 'request', schema }
  })
}

/** Replaces a file in one step, so that a program that starts meanwhile never reads half of it. */
async function write(name: string, text: string): Promise<void> {
  const temporary = new URL(`.${name}.${process.pid}`, DIRECTORY)
  await writeFile(temporary, text)
  await rename(temporary, new URL(name, DIRECTORY))
}
