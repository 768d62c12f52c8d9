import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Plugin, Rolldown } from 'vite'

/** The pages that open without the network, by their address. */
const PAGES: readonly { pattern: string; document: string }[] = [
  { pattern: '^/driver/?$', document: '/driver.html' },
  { pattern: '^/stops/?$', document: '/stops.html' },
  { pattern: '^/stop/[^/]+/?$', document: '/stop.html' },
]
const ALWAYS = [
  '/favicon.svg',
  '/manifest.webmanifest',
  '/board.webmanifest',
  '/icons/icon-192.png',
  '/icons/icon-512.png',
]
/** Letters of the three languages. */
const FONTS = /sofia-sans-(?:latin|cyrillic)-wght-normal/

/** Writes `sw.js`: the service worker of `service-worker/sw.js` with everything that its pages are made of. */
export function appShell(root: string): Plugin {
  return {
    name: 'app-shell',
    apply: 'build',
    generateBundle: {
      // After Vite has put the documents into the bundle.
      order: 'post',
      handler(_options, bundle) {
        const pages = PAGES.filter(({ document }) => bundle[document.slice(1)] !== undefined)
        const files = [...new Set([...pages.flatMap(({ document }) => filesOf(bundle, document.slice(1))), ...ALWAYS])]
        const hash = createHash('sha256')
        for (const file of files.toSorted()) hash.update(file).update(contentOf(bundle, root, file))
        const shell = { version: hash.digest('hex').slice(0, 12), pages, files: files.toSorted() }
        const source = readFileSync(`${root}service-worker/sw.js`, 'utf8').replace(
          "'__SHELL__'",
          JSON.stringify(shell, null, 2),
        )
        this.emitFile({ type: 'asset', fileName: 'sw.js', source })
      },
    },
  }
}

/** A document with its scripts, the scripts that those import, their styles and fonts. */
function filesOf(bundle: Rolldown.OutputBundle, document: string): string[] {
  const found = new Set<string>([document])
  const visit = (fileName: string): void => {
    const chunk = bundle[fileName]
    if (chunk === undefined || found.has(fileName) || (fileName.endsWith('.woff2') && !FONTS.test(fileName))) return
    found.add(fileName)
    if (chunk.type !== 'chunk') return
    for (const next of [...chunk.imports, ...chunk.dynamicImports]) visit(next)
    for (const asset of [...(chunk.viteMetadata?.importedCss ?? []), ...(chunk.viteMetadata?.importedAssets ?? [])])
      visit(asset)
  }
  const html = String(assetSource(bundle[document]))
  for (const [, path] of html.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)) visit(path ?? '')
  // Fonts join the set while it is walked, and lead no further.
  for (const name of found) {
    if (!name.endsWith('.css')) continue
    for (const [, font] of String(assetSource(bundle[name])).matchAll(/url\(\/?(assets\/[^)]+\.woff2)\)/g))
      visit(font ?? '')
  }
  return [...found].map((name) => `/${name}`)
}

function contentOf(bundle: Rolldown.OutputBundle, root: string, file: string): string | Uint8Array {
  const made = bundle[file.slice(1)]
  if (made === undefined) return readFileSync(`${root}public${file}`)
  return made.type === 'chunk' ? made.code : assetSource(made)
}

function assetSource(asset: Rolldown.OutputAsset | Rolldown.OutputChunk | undefined): string | Uint8Array {
  return asset?.type === 'asset' ? asset.source : ''
}
