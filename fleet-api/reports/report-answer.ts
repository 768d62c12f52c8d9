import type { z } from '@hono/zod-openapi'

/** What a route says of a report that comes as JSON or as a file. */
export function reportAnswer<Schema extends z.ZodType>(description: string, schema: Schema) {
  const binary = { schema: { type: 'string' as const, format: 'binary' } }
  return {
    description: `${description}; with \`format\` as a file.`,
    content: {
      'application/json': { schema },
      'text/csv': { schema: { type: 'string' as const } },
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': binary,
      'application/vnd.apache.parquet': binary,
    },
  }
}
