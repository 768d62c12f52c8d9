import type { ApiDocument } from '../openapi.ts'
import { escape, inline, paragraphs } from './html.ts'
import { referenceName, resolve, schemaBlock, schemaExample, typeWords, type Schema } from './schema-html.ts'

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const

type PathItem = NonNullable<ApiDocument['paths']>[string]
type Operation = NonNullable<PathItem['get']>
type Parameter = { name: string; in: string; required?: boolean; description?: string; schema?: Schema }
type Content = Record<string, { schema?: Schema; example?: unknown }>

interface Entry {
  method: string
  path: string
  operation: Operation
}

/** A page to read the API on, made from its OpenAPI document. Plain HTML: no script, nothing from elsewhere. */
export function docsPage(document: ApiDocument): string {
  const entries = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    METHODS.flatMap((method): Entry[] => {
      const operation = item[method]
      return operation === undefined ? [] : [{ method, path, operation }]
    }),
  )
  const byTag = Map.groupBy(entries, (entry) => entry.operation.tags?.[0] ?? 'Other')
  const tags = (document.tags ?? []).filter((tag) => byTag.has(tag.name))
  const schemas = Object.entries(document.components?.schemas ?? {}) as [string, Schema][]

  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(document.info.title)} API</title>
<link rel="icon" href="/favicon.svg">
<link rel="stylesheet" href="/docs.css">
</head>
<body>
<nav aria-label="Contents">
<p class="title"><a href="#top">${escape(document.info.title)} API</a> <span>${escape(document.info.version)}</span></p>
${tags.map((tag) => navigation(tag.name, byTag.get(tag.name) ?? [])).join('\n')}
<h2>Types</h2>
<ul>${schemas.map(([name]) => `<li><a href="#type-${escape(name)}">${escape(name)}</a></li>`).join('')}</ul>
</nav>
<main id="top">
<h1>${escape(document.info.title)} API</h1>
${paragraphs(document.info.description ?? '')}
<p>The same as a machine reads it: <a href="/api/v1/openapi.json">openapi.json</a>.</p>
${tags.map((tag) => section(document, tag, byTag.get(tag.name) ?? [])).join('\n')}
<section aria-labelledby="types"><h2 id="types">Types</h2>
${schemas.map(([name, schema]) => typeSection(name, schema)).join('\n')}
</section>
</main>
</body>
</html>
`
}

function navigation(tag: string, entries: readonly Entry[]): string {
  const links = entries.map(
    ({ method, operation }) =>
      `<li><a href="#${escape(operation.operationId ?? '')}"><b class="${method}">${method}</b> ${escape(operation.summary ?? '')}</a></li>`,
  )
  return `<h2>${escape(tag)}</h2>\n<ul>${links.join('')}</ul>`
}

function section(
  document: ApiDocument,
  tag: { name: string; description?: string },
  entries: readonly Entry[],
): string {
  const id = `tag-${escape(tag.name)}`
  return `<section aria-labelledby="${id}"><h2 id="${id}">${escape(tag.name)}</h2>
${paragraphs(tag.description ?? '')}
${entries.map((entry) => operationArticle(document, entry)).join('\n')}
</section>`
}

function operationArticle(document: ApiDocument, { method, path, operation }: Entry): string {
  const parameters = (operation.parameters ?? []) as Parameter[]
  const body = operation.requestBody as { description?: string; content?: Content } | undefined
  const id = escape(operation.operationId ?? '')
  return `<article id="${id}">
<h3>${escape(operation.summary ?? '')}</h3>
<p class="route"><b class="${method}">${method}</b> <code>${escape(path)}</code></p>
${paragraphs(operation.description ?? '')}
<p class="note">${access(operation)}</p>
${parameters.length === 0 ? '' : parameterTable(parameters)}
${body === undefined ? '' : bodyBlock(document, body)}
${answers(document, operation)}
</article>`
}

function access(operation: Operation): string {
  const open = (operation.security ?? []).some((one) => Object.keys(one).length === 0)
  return open ? 'Open to all.' : 'Needs a key or a session.'
}

function parameterTable(parameters: readonly Parameter[]): string {
  const rows = parameters.map((parameter) => {
    const schema = parameter.schema ?? {}
    const preset = schema.default === undefined ? '' : ` Default ${inline(`\`${JSON.stringify(schema.default)}\``)}.`
    const need = parameter.required === true ? ' <em>required</em>' : ''
    return `<tr><th scope="row"><code>${escape(parameter.name)}</code>${need}</th><td>${escape(parameter.in)}</td><td>${typeWords(schema)}</td><td>${inline(parameter.description ?? '')}${preset}</td></tr>`
  })
  return `<h4>Parameters</h4>
<div class="wide"><table><thead><tr><th scope="col">Name</th><th scope="col">In</th><th scope="col">Type</th><th scope="col">Meaning</th></tr></thead><tbody>${rows.join('')}</tbody></table></div>`
}

function bodyBlock(document: ApiDocument, body: { description?: string; content?: Content }): string {
  const schema = Object.values(body.content ?? {})[0]?.schema ?? {}
  return `<h4>Body</h4>
${paragraphs(body.description ?? '')}
${schemaBlock(schema)}
${exampleBlock(document, 'Example', schema)}`
}

function answers(document: ApiDocument, operation: Operation): string {
  const rows = Object.entries(operation.responses ?? {}).map(([status, answer]) => {
    const { description, content } = answer as { description: string; content?: Content }
    const [media, one] = Object.entries(content ?? {})[0] ?? []
    const schema = one?.schema
    const name = schema === undefined ? undefined : referenceName(schema)
    const good = status.startsWith('2')
    const shape = schema === undefined || (!good && name === 'Problem') ? '' : typeWords(schema)
    const example = good && schema !== undefined ? exampleBlock(document, `Example (${media ?? ''})`, schema) : ''
    return `<tr><th scope="row">${escape(status)}</th><td>${inline(description)}${shape === '' ? '' : `: ${shape}`}${example}</td></tr>`
  })
  return `<h4>Answers</h4>
<div class="wide"><table><thead><tr><th scope="col">Status</th><th scope="col">Meaning</th></tr></thead><tbody>${rows.join('')}</tbody></table></div>`
}

function exampleBlock(document: ApiDocument, label: string, schema: Schema): string {
  const example = schemaExample(schema, (reference) => resolve(document, reference))
  return `<details><summary>${escape(label)}</summary><pre tabindex="0">${escape(JSON.stringify(example, null, 2))}</pre></details>`
}

function typeSection(name: string, schema: Schema): string {
  return `<article id="type-${escape(name)}"><h3>${escape(name)}</h3>
${paragraphs(schema.description ?? '')}
${schemaBlock(schema)}</article>`
}
