import type { z } from 'zod'

/** A member that may be left out. JSON has no `undefined`, so the types need not know it; zod's own `exactOptional` is written as required in OpenAPI documents. */
export function leftOut<Schema extends z.ZodType>(schema: Schema): z.ZodExactOptional<Schema> {
  return schema.optional() as unknown as z.ZodExactOptional<Schema>
}
