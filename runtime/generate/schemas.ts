import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { fleetFile } from '../../domain/fleet-file.ts'
import { planInstance } from '../../scheduler/plan/instance.ts'

/** The documented file formats, by file name in docs/schema. They are committed, so that editors and other programs find them without a build. */
export function documentedSchemas(): Map<string, string> {
  return new Map([
    ['fleet.schema.json', schemaText(fleetFile, 'Zaryad fleet file')],
    ['instance.schema.json', schemaText(planInstance, 'Zaryad planning instance')],
  ])
}

/** Writes the schemas into docs/schema: `node runtime/generate/schemas.ts`, after a change of a format. A test says when it was forgotten. */
async function writeSchemas(folder = join(import.meta.dirname, '../../docs/schema')): Promise<void> {
  await mkdir(folder, { recursive: true })
  for (const [file, text] of documentedSchemas()) await writeFile(join(folder, file), text)
}

function schemaText(schema: z.ZodType, title: string): string {
  // `input`: what a person writes, where a default may be left out.
  const { $schema, ...rest } = z.toJSONSchema(schema, { io: 'input' })
  return `${JSON.stringify({ $schema, title, ...rest }, null, 2)}\n`
}

if (import.meta.main) await writeSchemas()
