import type { Api } from '../context.ts'
import { apiDocument } from '../openapi.ts'
import { docsPage } from './docs-page.ts'

/** The OpenAPI document, and a page to read it on that loads nothing from anywhere else. */
export function docsRoutes(app: Api, version: string): void {
  const made: { document?: string; page?: string } = {}
  const document = (): string => (made.document ??= JSON.stringify(apiDocument(app, version)))

  app.get('/api/v1/openapi.json', (c) =>
    c.body(document(), 200, { 'Content-Type': 'application/json', 'Cache-Control': 'no-cache' }),
  )
  app.get('/docs', (c) => {
    made.page ??= docsPage(JSON.parse(document()))
    return c.html(made.page, 200, { 'Cache-Control': 'no-cache' })
  })
}
